package io.evalstream.loadgenerator.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Another workload, spread over LoRA modules. */
public record LoraWorkload(Workload requests, LoraModules modules) implements Workload {

  @Override
  public List<PlannedRequest> plan(long seed) {
    return modules.assign(requests.plan(seed), seed);
  }

  @Override
  public boolean timed() {
    return requests.timed();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(requests.parameters());
    parameters.put("lora-modules", modules.text());
    if (modules.roundRobin()) {
      parameters.put("lora-assignment", "round-robin");
    }
    return parameters;
  }
}
