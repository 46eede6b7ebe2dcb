package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoraModulesTest {

  private static final Workload REQUESTS = new RandomWorkload(8000, 4, 4, 0, Arrivals.UNLIMITED);

  @Test
  void modulesAreDrawnByWeight() {
    LoraWorkload workload =
        new LoraWorkload(REQUESTS, LoraModules.parse(List.of("sql=3", "chat"), false));
    List<PlannedRequest> plan = workload.plan(1);

    assertThat(plan.stream().filter(r -> r.model().equals("sql")).count() / 8000.0)
        .isCloseTo(0.75, within(0.02));
    assertThat(plan).isEqualTo(workload.plan(1));
    assertThat(plan)
        .extracting(PlannedRequest::promptId)
        .isEqualTo(REQUESTS.plan(1).stream().map(PlannedRequest::promptId).toList());
    assertThat(workload.parameters()).containsEntry("lora-modules", "sql=3.0 chat");
  }

  @Test
  void modulesTakeTurns() {
    assertThat(
            new LoraWorkload(REQUESTS, LoraModules.parse(List.of("a", "b"), true))
                .plan(1)
                .subList(0, 4))
        .extracting(PlannedRequest::model)
        .containsExactly("a", "b", "a", "b");
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> LoraModules.parse(List.of("a=x"), false))
        .hasMessageContaining("lora-modules has 'a=x'");
    assertThatThrownBy(() -> LoraModules.parse(List.of("a=0"), false))
        .hasMessageContaining("'a' weight 0.0");
    assertThatThrownBy(() -> LoraModules.parse(List.of("a", "a"), false))
        .hasMessageContaining("'a' twice");
    assertThatThrownBy(() -> LoraModules.parse(List.of("a=2", "b"), true))
        .hasMessageContaining("round-robin");
    assertThatThrownBy(() -> LoraModules.parse(List.of(), true)).hasMessageContaining("missing");
  }
}
