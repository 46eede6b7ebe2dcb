package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * LoRA modules that requests are spread over.
 *
 * @param weights how often each is asked, against the others, by its name on the server
 * @param roundRobin whether they take turns; else each request draws one
 */
public record LoraModules(Map<String, Double> weights, boolean roundRobin) {

  private static final long LORA = -3;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public LoraModules {
    weights = new LinkedHashMap<>(weights);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("lora-modules are missing: give at least one name");
    }
    weights.forEach(
        (name, weight) -> {
          if (name.isBlank()) {
            throw new IllegalArgumentException("lora-modules has an empty name: give NAME=WEIGHT");
          }
          if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                "lora-modules gives '" + name + "' weight " + weight + ": give a number above 0");
          }
        });
    if (roundRobin && weights.values().stream().anyMatch(weight -> weight != 1)) {
      throw new IllegalArgumentException(
          "lora-modules has weights beside lora-assignment round-robin: leave out one of them");
    }
  }

  /**
   * Reads {@code NAME} and {@code NAME=WEIGHT}.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public static LoraModules parse(List<String> modules, boolean roundRobin) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String module : modules) {
      int equals = module.lastIndexOf('=');
      String name = equals < 0 ? module : module.substring(0, equals);
      double weight = equals < 0 ? 1 : weight(module, module.substring(equals + 1));
      if (weights.put(name, weight) != null) {
        throw new IllegalArgumentException("lora-modules names '" + name + "' twice: name it once");
      }
    }
    return new LoraModules(weights, roundRobin);
  }

  /** The requests, each to a module, all turns of a conversation to the same. */
  List<PlannedRequest> assign(List<PlannedRequest> plan, long seed) {
    SeededRandom random = new SeededRandom(SeededRandom.mix(seed, LORA));
    List<String> names = List.copyOf(weights.keySet());
    double total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    List<PlannedRequest> assigned = new ArrayList<>(plan.size());
    String name = null;
    for (PlannedRequest request : plan) {
      if (request.starts()) {
        name =
            roundRobin
                ? names.get(request.unit() % names.size())
                : drawn(names, random.nextDouble() * total);
      }
      assigned.add(request.to(name));
    }
    return assigned;
  }

  /** As on the command line. */
  String text() {
    return weights.entrySet().stream()
        .map(module -> module.getKey() + (module.getValue() == 1 ? "" : "=" + module.getValue()))
        .collect(Collectors.joining(" "));
  }

  private String drawn(List<String> names, double point) {
    double reached = 0;
    for (String name : names) {
      reached += weights.get(name);
      if (point < reached) {
        return name;
      }
    }
    return names.get(names.size() - 1);
  }

  private static double weight(String module, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "lora-modules has '" + module + "': give NAME or NAME=WEIGHT with a number");
    }
  }
}
