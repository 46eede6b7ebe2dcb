package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrefixRepetitionWorkloadTest {

  @Test
  void prefixesAreUsedEquallyOftenInRandomOrder() {
    List<PlannedRequest> plan =
        new PrefixRepetitionWorkload(103, 20, 10, 10, 5, Arrivals.UNLIMITED).plan(3);

    List<Long> prefixes =
        plan.stream()
            .map(request -> ((TokenPrompt) request.prompt()).segments().get(0).seed())
            .toList();
    Map<Long, Long> uses =
        prefixes.stream().collect(Collectors.groupingBy(p -> p, Collectors.counting()));
    assertThat(uses).hasSize(10);
    assertThat(uses.values()).allMatch(count -> count == 10 || count == 11);
    assertThat(prefixes.subList(0, 10)).as("not in turns").isNotEqualTo(prefixes.subList(10, 20));
    assertThat(plan).allMatch(request -> request.promptTokens() == 30);
    assertThat(plan).extracting(PlannedRequest::promptId).doesNotHaveDuplicates();
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> new PrefixRepetitionWorkload(5, 1, 1, 6, 1, Arrivals.UNLIMITED))
        .hasMessageContaining("num-prompts is 5")
        .hasMessageContaining("prefix-repetition-num-prefixes, 6");
    assertThatThrownBy(() -> new PrefixRepetitionWorkload(5, 1, 0, 1, 1, Arrivals.UNLIMITED))
        .hasMessageContaining("prefix-repetition-suffix-len is 0");
  }
}
