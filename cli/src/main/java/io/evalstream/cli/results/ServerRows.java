package io.evalstream.cli.results;

import io.evalstream.events.Event;
import io.evalstream.events.ServerMetrics;
import io.evalstream.loadgenerator.servermetrics.ServerSummarizer;
import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of {@code server_metrics}, added up as the generator itself adds them up. */
final class ServerRows {

  static final String SELECT =
      "SELECT producer_id, version, toUnixTimestamp64Micro(at), endpoint, running, waiting,"
          + " kv_cache_usage, prompt_tokens_total, generation_tokens_total, preemptions_total,"
          + " queue_time_us, queue_time_count, prefill_time_us, prefill_time_count, decode_time_us,"
          + " decode_time_count, spec_decode_accepted_tokens, spec_decode_draft_tokens,"
          + " gpu_utilisation, gpu_power_watts"
          + " FROM server_metrics_current WHERE run_id = ? ORDER BY at";

  private ServerRows() {}

  static ServerMetrics read(String runId, ResultSet row) throws SQLException {
    return new ServerMetrics(
        Event.SCHEMA_VERSION,
        runId,
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        count(row, 5),
        count(row, 6),
        measure(row, 7),
        count(row, 8),
        count(row, 9),
        count(row, 10),
        count(row, 11),
        count(row, 12),
        count(row, 13),
        count(row, 14),
        count(row, 15),
        count(row, 16),
        count(row, 17),
        count(row, 18),
        measure(row, 19),
        measure(row, 20));
  }

  /** One for each server, by its address; {@code rows} are in the order of their instants. */
  static List<ServerSummary> summaries(List<ServerMetrics> rows) {
    Map<String, Map<String, ServerSummarizer>> summarizers = new TreeMap<>();
    for (ServerMetrics row : rows) {
      summarizers
          .computeIfAbsent(row.endpoint(), endpoint -> new TreeMap<>())
          .computeIfAbsent(row.producerId(), producer -> new ServerSummarizer())
          .add(row);
    }
    return summarizers.values().stream()
        .map(
            askers ->
                askers.values().stream()
                    .map(asker -> asker.summary().orElseThrow())
                    .max(Comparator.comparingLong(ServerSummary::samples))
                    .orElseThrow())
        .toList();
  }

  private static Long count(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static Double measure(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }
}
