package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextWorkloadTest {

  @TempDir private Path folder;

  @Test
  void theFirstTurnAsksAndTheSecondTellsTheLength() throws IOException {
    Path file =
        file(
            "s.json",
            """
            [{"id": "a", "conversations": [
               {"from": "human", "value": "What is the capital of Korea?"},
               {"from": "gpt", "value": "It is Seoul, on the Han."},
               {"from": "human", "value": "And of Iran?"}]},
             {"id": "too short", "conversations": [
               {"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello to you, my friend"}]},
             {"id": "alone", "conversations": [{"from": "human", "value": "Is anybody out there?"}]},
             {"id": "none"}]
            """);

    List<PlannedRequest> plan = workload(TextWorkload.Format.SHAREGPT, file, 3, null).plan(1);

    assertThat(plan).as("one that can be used, oversampled").hasSize(3);
    assertThat(plan)
        .allMatch(r -> r.prompt().equals(new TextPrompt("What is the capital of Korea?")))
        .allMatch(r -> r.maxOutputTokens() == 6);
    assertThat(plan.get(0).promptId()).startsWith("text-").isEqualTo(plan.get(1).promptId());
    assertThat(plan.get(0).promptTokens()).isEqualTo(8);
  }

  @Test
  void linesComeInRandomOrderThatTheSeedDecides() throws IOException {
    Path file =
        file(
            "p.jsonl",
            IntStream.range(0, 100)
                .mapToObj(
                    i -> "{\"prompt\": \"number " + i + "\", \"output_tokens\": " + (i + 1) + "}")
                .collect(Collectors.joining("\n")));
    TextWorkload all = workload(TextWorkload.Format.CUSTOM, file, 100, null);
    TextWorkload some = workload(TextWorkload.Format.CUSTOM, file, 10, null);

    assertThat(all.plan(1)).isEqualTo(all.plan(1)).isNotEqualTo(all.plan(2));
    assertThat(all.plan(1)).extracting(PlannedRequest::prompt).doesNotHaveDuplicates();
    assertThat(some.plan(1)).isEqualTo(all.plan(1).subList(0, 10));
    assertThat(all.plan(1))
        .allMatch(r -> r.prompt().equals(new TextPrompt("number " + (r.maxOutputTokens() - 1))));
  }

  @Test
  void tokensOfATextAreEstimated() {
    assertThat(TextPrompt.estimatedTokens("abcdefgh")).isEqualTo(2);
    assertThat(TextPrompt.estimatedTokens("안녕 👋")).isEqualTo(4);
    assertThat(new TextPrompt("secret").toString()).doesNotContain("secret");
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws IOException {
    assertBroken(
        TextWorkload.Format.CUSTOM,
        file("a.jsonl", "{\"prompt\": \"x\"}\n{\"text\": \"y\"}"),
        "Line 2");
    assertBroken(
        TextWorkload.Format.CUSTOM, file("b.jsonl", "{\"prompt\": \"x\"\n"), "no JSON object");
    assertBroken(TextWorkload.Format.CUSTOM, folder.resolve("none.jsonl"), "There is no file");
    assertBroken(TextWorkload.Format.SHAREGPT, file("c.json", "{}"), "not a JSON array");
    assertBroken(TextWorkload.Format.SHAREGPT, file("d.json", "[\n{]"), "no JSON at line 2");
    assertBroken(TextWorkload.Format.SHAREGPT, file("e.json", "[]"), "no prompt that can be used");
    assertThatThrownBy(
            () ->
                workload(
                        TextWorkload.Format.CUSTOM, file("f.jsonl", "{\"prompt\": \"x\"}"), 1, null)
                    .plan(1))
        .hasMessageContaining("output_tokens");
    assertThatThrownBy(() -> workload(TextWorkload.Format.CUSTOM, null, 1, 1))
        .hasMessageContaining("dataset-path is missing");
  }

  private static void assertBroken(TextWorkload.Format format, Path file, String said) {
    assertThatThrownBy(() -> workload(format, file, 1, 1).plan(1))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(said)
        .hasMessageContaining(file.toString());
  }

  private static TextWorkload workload(
      TextWorkload.Format format, Path file, int count, Integer outputLen) {
    return new TextWorkload(format, file, count, outputLen, Arrivals.UNLIMITED);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
