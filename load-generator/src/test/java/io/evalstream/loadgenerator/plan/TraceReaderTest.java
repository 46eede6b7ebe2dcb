package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";

  @TempDir private Path folder;

  @Test
  void replaysInOrderOfTimeAndStably() throws IOException {
    Path trace =
        trace(
            HEADER
                + "2023-11-16 18:15:50.0000000,3,30\r\n"
                + "2023-11-16 18:15:46.6805900,1,10\r\n"
                + "2023-11-16 18:15:50.0000000,4,40\r\n"
                + "2023-11-16 18:15:46.6805901,2,20");

    List<PlannedRequest> plan = new TraceWorkload(trace, 2, null).plan(1);

    assertThat(plan).extracting(PlannedRequest::promptTokens).containsExactly(1, 2, 3, 4);
    assertThat(plan).extracting(PlannedRequest::maxOutputTokens).containsExactly(10, 20, 30, 40);
    assertThat(plan)
        .extracting(PlannedRequest::offsetNanos)
        .containsExactly(0L, 50L, 1_659_705_000L, 1_659_705_000L);
    assertThat(plan).extracting(PlannedRequest::index).containsExactly(0, 1, 2, 3);
  }

  @Test
  void lengthsOfZeroAreReplayedAsOne() throws IOException {
    Path trace = trace(HEADER + "2023-11-16 18:15:46,0,0\n");

    PlannedRequest request = new TraceWorkload(trace, 1, null).plan(1).get(0);

    assertThat(request.promptTokens()).isEqualTo(1);
    assertThat(request.maxOutputTokens()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-11-16 18:15:46.68|12     | it has 2 columns and not 3",
        "2023-11-16 25:15:46.68|12,3   | TIMESTAMP '2023-11-16 25:15:46.68' is no time",
        "soon|12,3                     | TIMESTAMP 'soon' is no time",
        "2023-11-16 18:15:46|12,-3     | GeneratedTokens '-3' is no number",
        "2023-11-16 18:15:46|1e3,3     | ContextTokens '1e3' is no number",
        "2023-11-16 18:15:46|99999999,3| ContextTokens '99999999' is no number"
      })
  void aBrokenLineIsNamed(String time, String lengths, String complaint) throws IOException {
    Path trace = trace(HEADER + "2023-11-16 18:15:46,1,1\n" + time + "," + lengths + "\n");

    assertThatThrownBy(() -> TraceReader.read(trace))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("Line 3 of the trace " + trace)
        .hasMessageContaining(complaint);
  }

  @Test
  void whatIsNoTraceIsToldAsSuch() throws IOException {
    assertThatThrownBy(() -> TraceReader.read(folder.resolve("no.csv")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("There is no trace at");
    Path header = trace("a,b,c\n1,2,3\n");
    assertThatThrownBy(() -> TraceReader.read(header)).hasMessageContaining("Line 1 of the trace");
    Path empty = trace(HEADER);
    assertThatThrownBy(() -> TraceReader.read(empty)).hasMessageContaining("has no requests");
  }

  @Test
  void readsAzuresTrace() {
    Path trace = sharedData().resolve("azure-llm-trace-2023-conv.csv");
    Assumptions.assumeTrue(Files.exists(trace), "the shared data is not here");

    List<PlannedRequest> plan = new TraceWorkload(trace, 1, null).plan(1);

    assertThat(plan).hasSize(19_366);
    assertThat(plan.get(0).promptTokens()).isEqualTo(374);
    assertThat(plan.get(1).offsetNanos()).isEqualTo(4_314_579_000L);
    assertThat(plan.get(19_365).offsetNanos()).isEqualTo(3_501_721_937_000L);
    assertThat(plan).isSortedAccordingTo((a, b) -> Long.compare(a.offsetNanos(), b.offsetNanos()));
  }

  private Path trace(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "trace", ".csv"), content);
  }

  /** Beside the repository, or beside a folder around it. */
  private static Path sharedData() {
    Path root = Path.of(System.getProperty("evalstream.root", ".")).toAbsolutePath().normalize();
    return Stream.iterate(root, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared").resolve("data"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(root.resolve("shared-data-is-absent"));
  }
}
