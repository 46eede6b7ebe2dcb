package io.evalstream.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.loadgenerator.plan.LoraModules;
import io.evalstream.loadgenerator.plan.LoraWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.request.RequestOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How to ask. */
final class SamplingOptions {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(
      names = "--ignore-eos",
      negatable = true,
      fallbackValue = "true",
      description =
          "Generate the asked length, whatever the model says; so by default for data sets random"
              + " and timed_trace.")
  private Boolean ignoreEos;

  @Option(
      names = "--temperature",
      description = "0 is greedy; left to the server when left out, as are the next six.")
  private Double temperature;

  @Option(names = "--top-p", description = "Sampling parameter.")
  private Double topP;

  @Option(names = "--top-k", description = "Sampling parameter.")
  private Integer topK;

  @Option(names = "--min-p", description = "Sampling parameter.")
  private Double minP;

  @Option(names = "--frequency-penalty", description = "Sampling parameter.")
  private Double frequencyPenalty;

  @Option(names = "--presence-penalty", description = "Sampling parameter.")
  private Double presencePenalty;

  @Option(names = "--repetition-penalty", description = "Sampling parameter.")
  private Double repetitionPenalty;

  @Option(
      names = "--extra-body",
      paramLabel = "JSON",
      description = "An object whose fields are put into each request.")
  private String extraBody;

  @Option(
      names = "--lora-modules",
      arity = "1..*",
      paramLabel = "NAME[=WEIGHT]",
      description = "LoRA modules of the server; each request asks one of them.")
  private List<String> loraModules = List.of();

  @Option(
      names = "--lora-assignment",
      paramLabel = "random|round-robin",
      defaultValue = "random",
      description = "Which one (${DEFAULT-VALUE}).")
  private String loraAssignment;

  RequestOptions request(boolean lengthsMatter) {
    return new RequestOptions(
        ignoreEos == null ? lengthsMatter : ignoreEos, null, true, temperature, body());
  }

  Workload spread(Workload workload) {
    boolean inTurns = loraAssignment.equals("round-robin");
    if (!inTurns && !loraAssignment.equals("random")) {
      throw new IllegalArgumentException(
          "lora-assignment is '" + loraAssignment + "': give random or round-robin");
    }
    return loraModules.isEmpty()
        ? workload
        : new LoraWorkload(workload, LoraModules.parse(loraModules, inTurns));
  }

  /** The sampling parameters, with the extra body over them. */
  private String body() {
    ObjectNode body = MAPPER.createObjectNode();
    put(body, "top_p", topP);
    put(body, "top_k", topK);
    put(body, "min_p", minP);
    put(body, "frequency_penalty", frequencyPenalty);
    put(body, "presence_penalty", presencePenalty);
    put(body, "repetition_penalty", repetitionPenalty);
    if (extraBody == null) {
      return body.isEmpty() ? null : body.toString();
    }
    try {
      JsonNode extra = MAPPER.readTree(extraBody);
      return extra.isObject() ? body.setAll((ObjectNode) extra).toString() : extraBody;
    } catch (JsonProcessingException e) {
      // named when it is checked
      return extraBody;
    }
  }

  private static void put(ObjectNode body, String name, Number value) {
    if (value != null) {
      body.set(name, MAPPER.valueToTree(value));
    }
  }
}
