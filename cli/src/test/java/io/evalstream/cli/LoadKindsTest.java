package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evalstream.cli.LoadTestCase.Outcome;
import io.evalstream.simulator.Simulator;
import io.evalstream.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks, two servers, the highest rate and conversations, through the command line. */
@Timeout(240)
class LoadKindsTest {

  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path directory;
  private LoadTestCase line;

  @BeforeEach
  void start() {
    line = new LoadTestCase(directory);
  }

  @AfterEach
  void stop() {
    line.close();
  }

  @Test
  void blocksAreShownAndKept() throws IOException {
    Path results = directory.resolve("results");

    Outcome outcome =
        bench(
            "--blocks 3 --block-seconds 0.1 --block-requests 12 --request-rate 200"
                + " --random-input-len 8 --random-output-len 3 --save-result --result-dir "
                + results);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("60 requests planned").contains("E2EL geometric mean");
    JsonNode blocks = LoadTestCase.results(results).get(0).path("evalstream_blocks");
    assertThat(blocks).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(blocks.get(i).path("block").intValue()).isEqualTo(i);
      assertThat(blocks.get(i).path("completed").intValue()).isEqualTo(17);
      assertThat(blocks.get(i).path("e2el_p95").doubleValue()).isPositive();
      assertThat(blocks.get(i).path("saturated").booleanValue()).isFalse();
    }
  }

  /** The second server takes half a second longer: found, and found the other way round. */
  @Test
  void aSlowerServerIsFoundWhicheverPlaceItHas() {
    try (Simulator slow = simulator(256, "500ms")) {
      Outcome there = bench(compared(line.url(), slow.baseUrl()));
      Outcome back = bench(compared(slow.baseUrl(), line.url()));

      assertThat(there.exit()).as(there.err()).isZero();
      assertThat(there.out())
          .contains("A: " + line.url())
          .contains("B: " + slow.baseUrl())
          .contains("over 8 pairs of blocks")
          .containsPattern("TTFT p95 +\\+\\d[\\d.]+% +\\+\\d[\\d.]+% … \\+\\d[\\d.]+% +0\\.0078");
      assertThat(back.out())
          .containsPattern("TTFT p95 +-\\d[\\d.]+% +-\\d[\\d.]+% … -\\d[\\d.]+% +0\\.0078");
    }
  }

  /**
   * Two slots of 40 ms each serve 50 requests a second; a run this short may hold some more, and a
   * busy machine some less. How exact the search is, is tested on computed queues.
   */
  @Test
  void theHighestRateOfASmallServerIsFound() {
    try (Simulator small = simulator(2, "40ms")) {
      Outcome outcome =
          line.run(
              NOTHING,
              "bench",
              ("--no-publish --find-max-rate --goodput ttft:500 --request-rate 20"
                      + " --arrivals constant --num-prompts 120 --random-input-len 8"
                      + " --random-output-len 1 --base-url "
                      + small.baseUrl())
                  .split(" ", -1));

      assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
      Matcher found =
          Pattern.compile("meets ttft:500 for 95\\.0% of the requests: ([\\d.]+) req/s")
              .matcher(outcome.out());
      assertThat(found.find()).isTrue();
      assertThat(Double.parseDouble(found.group(1))).as(outcome.out()).isBetween(4.0, 70.0);
      assertThat(outcome.out()).contains("tested with 100 requests, confidence 95.0%");
      assertThat(outcome.out()).contains("First that is not shown to:");
    }
  }

  @Test
  void conversationsAreHeld() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("s.json"),
            "[{\"conversations\": [{\"from\": \"human\", \"value\": \"one\"},"
                + " {\"from\": \"gpt\", \"value\": \"answer\"},"
                + " {\"from\": \"human\", \"value\": \"two\"},"
                + " {\"from\": \"gpt\", \"value\": \"answer\"}]}]");
    Outcome random =
        bench(
            "--dataset-name multi_turn --num-prompts 3 --multi-turn-num-turns 5"
                + " --multi-turn-input-len 6 --multi-turn-output-len 4 --max-concurrency 2");
    Outcome ofFile =
        bench(
            "--backend openai-chat --dataset-name multi_turn --num-prompts 4 --dataset-path "
                + file);

    assertThat(random.exit()).as(random.err()).isZero();
    assertThat(random.out())
        .contains("Requests: 15 of 15 ok (100.00%), 0 failed")
        .contains("TTFT by turn")
        .containsPattern("(?m)^5 +3 ");
    assertThat(ofFile.exit()).as(ofFile.err()).isZero();
    assertThat(ofFile.out())
        .contains("Requests: 8 of 8 ok (100.00%), 0 failed")
        .containsPattern("(?m)^2 +4 ");
  }

  @Test
  void aPlanSaysWhatItCanFind() {
    Outcome enough = plan("--blocks 10 --request-rate 10");
    Outcome few = plan("--num-prompts 100");
    Outcome both = plan("--ab http://h:1 --request-rate 10");
    Outcome noisy = plan("--blocks 10 --request-rate 10 --block-noise 4");

    assertThat(enough.exit()).as(enough.err()).isZero();
    assertThat(change(enough)).isBetween(3.0, 4.0);
    assertThat(change(noisy)).isBetween(6.0, 8.0);
    assertThat(enough.out()).contains("10 blocks of 500 measured requests").contains("6,000");
    assertThat(both.out()).contains("20 blocks of 500 measured requests").contains("24,000");
    assertThat(few.out()).contains("at least 7 are needed: --blocks 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--blocks 0 | blocks is 0",
        "--block-seconds 5 | --block-seconds is given without --blocks",
        "--blocks 2 --num-prompts 9 --block-requests 9 | leave out one of them",
        "--ab nonsense | ab: base URL nonsense is not an address",
        "--ab http://h:1 --save-result | --save-result beside --ab",
        "--blocks 2 --shard 0/2 --run-id 20260131-x | shard is given beside blocks",
        "--find-max-rate | --find-max-rate needs limits",
        "--find-max-rate --goodput ttft:9 --num-prompts 60 | 50 requests are measured, and 59",
        "--find-max-rate --goodput ttft:9 --max-concurrency 2 | --max-concurrency beside",
        "--find-max-rate --goodput ttft:9 --blocks 2 | --blocks or --ab beside",
        "--find-max-rate --goodput ttft:9 --slo-share 1 | slo-share is 1.0",
        "--dataset-name multi_turn --multi-turn-num-turns 0 | multi-turn-num-turns is 0",
        "--lora-modules nowhere | does not list LoRA module 'nowhere'"
      })
  void wrongUseIsNamed(String flags, String complaint) {
    Outcome outcome = bench(flags);

    assertThat(outcome.exit()).isEqualTo(ExitCode.WRONG_USE.number());
    assertThat(outcome.err()).contains(complaint);
  }

  private static double change(Outcome plan) {
    Matcher change = Pattern.compile("by ([\\d.]+)% or more").matcher(plan.out());
    assertThat(change.find()).as(plan.out()).isTrue();
    return Double.parseDouble(change.group(1));
  }

  private static String compared(String a, String b) {
    return "--blocks 8 --num-prompts 12 --request-rate 100 --random-input-len 8"
        + " --random-output-len 2 --base-url "
        + a
        + " --ab "
        + b;
  }

  private static Simulator simulator(int slots, String timeToFirstToken) {
    Simulator simulator =
        new Simulator(
            SimulatorConfig.builder()
                .host("127.0.0.1")
                .port(0)
                .servedModelNames(List.of("org/sim"))
                .timeToFirstToken(timeToFirstToken)
                .interTokenLatency("0ms")
                .maxNumSeqs(slots)
                .build());
    simulator.start();
    return simulator;
  }

  private Outcome bench(String flags) {
    boolean elsewhere = flags.contains("--base-url");
    String all = (elsewhere ? "" : "--base-url " + line.url() + " ") + "--no-publish " + flags;
    return line.run(NOTHING, "bench", all.split(" ", -1));
  }

  private Outcome plan(String flags) {
    return line.run(NOTHING, "plan", flags.split(" ", -1));
  }
}
