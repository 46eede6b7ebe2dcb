package io.evalstream.loadgenerator.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.loadgenerator.BlockResult;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.RequestDetail;
import io.evalstream.loadgenerator.plan.RampUp;
import io.evalstream.statistics.blocks.BlockMetric;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A run in the words of {@code vllm bench serve}: field names, units and definitions are those of
 * vllm/benchmarks/serve.py. Texts that were generated are never kept, so {@code generated_texts}
 * holds an empty one for each request. What vLLM does not have begins with {@code evalstream_}.
 *
 * @param at when the run ended
 * @param backend as on the command line
 * @param label the beginning of the file's name; null for the backend
 * @param modelId the model
 * @param tokenizerId as given; null when none was, as no tokenizer is needed
 */
public record VllmResult(
    ZonedDateTime at,
    String backend,
    String label,
    String modelId,
    String tokenizerId,
    Traffic traffic,
    ResultOptions options) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final double US_PER_SECOND = 1e6;

  /** {@code LABEL-RATEqps[-concurrencyN]-MODEL-yyyymmdd-HHmmss.json}. */
  public String fileName() {
    String model = modelId.substring(modelId.lastIndexOf('/') + 1);
    return (label == null ? backend : label)
        + traffic.fileNamePart()
        + "-"
        + model
        + "-"
        + DATE.format(at)
        + ".json";
  }

  /** The object of the file; the result has details. */
  public ObjectNode json(LoadResult result) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("date", DATE.format(at));
    json.put("endpoint_type", backend);
    json.put("backend", backend);
    json.put("label", label);
    json.put("model_id", modelId);
    json.put("tokenizer_id", tokenizerId);
    json.put("num_prompts", result.planned());
    options.metadata().forEach(json::put);
    traffic(json);
    LoadMetrics metrics = result.metrics();
    json.put("duration", metrics.durationSeconds());
    json.put("completed", result.completed());
    json.put("failed", result.failed());
    json.put("total_input_tokens", metrics.inputTokens());
    json.put("total_output_tokens", metrics.outputTokens());
    json.put("request_throughput", metrics.requestThroughput());
    json.put("request_goodput", goodput(result));
    json.put("output_throughput", metrics.outputThroughput());
    json.put("total_token_throughput", metrics.totalTokenThroughput());
    if (options.detailed()) {
      details(json, result.details());
    }
    json.put("max_output_tokens_per_s", (double) result.peak().outputTokensPerSecond());
    json.put("max_concurrent_requests", result.peak().concurrentRequests());
    // audio only, in vLLM too
    json.put("rtfx", 0.0);
    metric(json, "ttft", metrics.ttft());
    metric(json, "tpot", metrics.tpot());
    metric(json, "itl", metrics.itl());
    metric(json, "e2el", metrics.e2el());
    json.put("evalstream_run_id", result.runId());
    if (!result.blocks().isEmpty()) {
      blocks(json.putArray("evalstream_blocks"), result.blocks());
    }
    return json;
  }

  private static void blocks(ArrayNode array, List<BlockResult> blocks) {
    for (BlockResult block : blocks) {
      ObjectNode node = array.addObject();
      node.put("block", block.block());
      node.put("duration", block.seconds());
      node.put("completed", block.statistics().requests());
      node.put("failed", block.statistics().failed());
      node.put("saturated", block.statistics().saturated());
      for (BlockMetric metric : BlockMetric.values()) {
        node.put(metric.text(), block.statistics().values().get(metric));
      }
    }
  }

  private void traffic(ObjectNode json) {
    double rate = traffic.arrivals().requestRate();
    double burstiness = traffic.arrivals().burstiness();
    if (Double.isInfinite(rate)) {
      json.put("request_rate", "inf");
    } else {
      json.put("request_rate", rate);
    }
    if (Double.isInfinite(burstiness)) {
      json.put("burstiness", "inf");
    } else {
      json.put("burstiness", burstiness);
    }
    json.put("max_concurrency", traffic.maxConcurrency());
    RampUp ramp = traffic.arrivals().rampUp();
    if (ramp != null) {
      json.put("ramp_up_strategy", ramp.strategy().text());
      json.put("ramp_up_start_rps", ramp.startRps());
      json.put("ramp_up_end_rps", ramp.endRps());
    }
  }

  private Double goodput(LoadResult result) {
    if (options.goodput() == null) {
      return null;
    }
    return options.goodput().perSecond(result.details(), result.metrics().durationSeconds());
  }

  private static void details(ObjectNode json, List<RequestDetail> details) {
    ArrayNode inputLens = json.putArray("input_lens");
    ArrayNode outputLens = json.putArray("output_lens");
    ArrayNode ttfts = json.putArray("ttfts");
    ArrayNode itls = json.putArray("itls");
    ArrayNode latencies = json.putArray("latencies");
    ArrayNode startTimes = json.putArray("start_times");
    ArrayNode texts = json.putArray("generated_texts");
    ArrayNode errors = json.putArray("errors");
    for (RequestDetail detail : details) {
      inputLens.add(detail.inputTokens());
      outputLens.add(detail.outputTokens());
      ttfts.add(detail.ttftUs() / US_PER_SECOND);
      ArrayNode gaps = itls.addArray();
      for (int gap : detail.gapsUs()) {
        gaps.add(gap / US_PER_SECOND);
      }
      latencies.add(detail.e2elUs() / US_PER_SECOND);
      startTimes.add(detail.sentUs() / US_PER_SECOND);
      texts.add("");
      errors.add(detail.ok() ? "" : detail.error());
    }
  }

  private void metric(ObjectNode json, String name, LatencyDistribution values) {
    if (!options.percentileMetrics().contains(name)) {
      return;
    }
    json.put("mean_" + name + "_ms", values.meanMs());
    json.put("median_" + name + "_ms", values.medianMs());
    json.put("std_" + name + "_ms", values.stdMs());
    for (BigDecimal percentile : options.percentiles()) {
      json.put(
          "p" + ResultOptions.word(percentile) + "_" + name + "_ms",
          values.percentileMs(percentile.doubleValue()));
    }
  }
}
