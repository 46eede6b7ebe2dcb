package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.chunk;
import static io.evalstream.loadgenerator.ScriptedServer.done;
import static io.evalstream.loadgenerator.ScriptedServer.event;
import static io.evalstream.loadgenerator.ScriptedServer.streamHead;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.loadgenerator.ScriptedServer.Script;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.TimingDetail;
import io.evalstream.loadgenerator.request.Backend;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same chunks timed in several ways. */
@Timeout(60)
class TimingDetailTest {

  @Test
  void theFirstOfEachKindOfOutputIsTimed() throws IOException {
    LoadMetrics metrics =
        run(
            (q, a) ->
                a.write(streamHead())
                    .write(delta("{\"role\":\"assistant\",\"content\":\"\"}"))
                    .write(delta("{\"reasoning_content\":\"hm\"}"))
                    .write(delta("{\"content\":\"a\"}"))
                    .write(delta("{\"tool_calls\":[{\"index\":0}]}"))
                    .write(done()));
    TimingDetail detail = metrics.detail();

    assertThat(metrics.ttft().count()).isEqualTo(1);
    assertThat(detail.firstReasoning().count()).isEqualTo(1);
    assertThat(detail.firstReasoning().maxMs()).isGreaterThanOrEqualTo(metrics.ttft().maxMs());
    assertThat(detail.firstContent().maxMs())
        .isGreaterThanOrEqualTo(detail.firstReasoning().maxMs());
    assertThat(detail.firstToolCall().maxMs())
        .isGreaterThanOrEqualTo(detail.firstContent().maxMs());
  }

  @Test
  void whatNeverCameHasNoTime() throws IOException {
    TimingDetail detail =
        run((q, a) -> a.write(streamHead() + delta("{\"content\":\"a\"}") + done())).detail();

    assertThat(detail.firstReasoning().count()).isZero();
    assertThat(detail.firstToolCall().count()).isZero();
    assertThat(detail.coalescedShare()).isZero();
  }

  @Test
  void chunksOfOneReadAreReportedAsAShare() throws IOException {
    String text = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    String two = chunk(text + text);
    LoadMetrics metrics = run((q, a) -> a.write(streamHead() + two + done()));

    assertThat(metrics.itl().count()).isEqualTo(1);
    assertThat(metrics.detail().gaps()).isEqualTo(1);
    assertThat(metrics.detail().coalescedShare()).isEqualTo(1);
  }

  private static String delta(String delta) {
    return event("{\"choices\":[{\"delta\":" + delta + "}]}");
  }

  private static LoadMetrics run(Script script) throws IOException {
    try (ScriptedServer server = ScriptedServer.completions(script)) {
      RecordingPublisher published = new RecordingPublisher();
      return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
          .run(
              config(server.url(), requests(1), 1, PATIENT, Backend.OPENAI_CHAT, null, null),
              ProgressListener.SILENT)
          .metrics();
    }
  }
}
