package io.evalstream.cli.results;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What ClickHouse holds of runs. For one thread. */
public final class Results implements AutoCloseable {

  /**
   * A run in one line.
   *
   * @param status as of the run's producers: starting, running, completed, aborted, failed, lost, …
   * @param reasons what its producers gave as reasons
   * @param producersCompleted those that have done all they planned
   * @param trust whether its percentiles are the server's, as its generators judge: trusted,
   *     untrusted or unknown
   */
  public record Run(
      String runId,
      String plannedAt,
      String kind,
      String model,
      String release,
      long plannedItems,
      long producersPlanned,
      long producersSeen,
      String status,
      String reasons,
      long producersCompleted,
      String trust) {}

  /** A metric of a run over all its windows; times in µs. */
  public record Metric(
      String scenario,
      String metric,
      long count,
      long sum,
      double mean,
      double p50,
      double p95,
      double p99,
      double max) {}

  /**
   * A run's requests.
   *
   * @param seconds from the first intended start to the end of the last request
   * @param outputTokens of requests that ended well
   */
  public record Requests(
      long total, long ok, long promptTokens, long outputTokens, double seconds) {}

  /**
   * What the serving job gave a scenario.
   *
   * @param state provisional, settled or final
   * @param letter empty as long as nothing was measured
   * @param bestLetter what it can still become
   * @param worstLetter what it can still become
   * @param deciding the metrics that decide, apart by spaces; empty when the letter is the best
   * @param requests that it is of
   * @param planned null when only time bounds them
   */
  public record LiveGrade(
      String scenario,
      String state,
      String letter,
      String bestLetter,
      String worstLetter,
      String deciding,
      long requests,
      Long planned) {}

  /** How often a cause ended a request that did not end well. */
  public record Failure(String status, String error, long count) {}

  /**
   * Sent, counted and stored on one topic.
   *
   * @param storedRecords null where only what the records say is stored
   */
  public record Completeness(
      String topic,
      long sentRecords,
      long countedRecords,
      Long storedRecords,
      long sentTokens,
      long countedTokens,
      long storedTokens,
      long duplicates,
      boolean complete) {}

  /**
   * Whether a scenario with bounds on its plan has its final grade.
   *
   * @param reason why it is not graded; empty when it is
   * @param gradedRequests that its newest grade is of
   * @param storedRequests that have ended, as far as they are stored
   */
  public record Graded(
      String scenario, String reason, long gradedRequests, long storedRequests, boolean complete) {}

  /**
   * A process that makes a part of a run.
   *
   * @param shard its part, from 0; null when it does not tell
   * @param state started, heartbeat, finished or lost
   * @param status how it ended; empty when it has not
   * @param judged whether it has judged its own figures
   * @param doubts why its percentiles are not the server's alone; empty when they are
   */
  public record Producer(
      String producerId,
      Integer shard,
      String state,
      String status,
      String reason,
      boolean judged,
      String doubts) {}

  /**
   * The seconds in which a generator was in the way.
   *
   * @param causes all of them, by their words
   */
  public record Doubtful(long seconds, String causes) {}

  /** A producer's part in what is missing. */
  public record ProducerGap(
      String producerId, String topic, String state, long sentRecords, long countedRecords) {}

  /** A producer whose clock is ahead of the broker's, and how many of its records were refused. */
  public record Quarantined(String producerId, long records) {}

  /**
   * A producer's records on a topic that the serving job, started without its state, has not met
   * again.
   */
  public record Withheld(String producerId, String topic, long countedRecords, long outstanding) {}

  private final ClickHouseConnection address;
  private final Connection connection;

  private Results(ClickHouseConnection address, Connection connection) {
    this.address = address;
    this.connection = connection;
  }

  /**
   * Opens a connection.
   *
   * @throws CliException when ClickHouse does not answer
   */
  public static Results open(ClickHouseConnection address) {
    try {
      Connection connection = address.open();
      Results results = new Results(address, connection);
      results.query("SELECT 1", row -> row.getInt(1));
      return results;
    } catch (SQLException e) {
      throw unreachable(address, e);
    }
  }

  /** All runs, newest first. */
  public List<Run> runs() {
    return query(RUNS + " ORDER BY planned_at DESC LIMIT 100", Results::run);
  }

  /** One run. */
  public Optional<Run> run(String runId) {
    return query(RUNS + " WHERE run_id = ?", Results::run, runId).stream().findFirst();
  }

  /** A run's metrics. */
  public List<Metric> metrics(String runId) {
    return query(
        "SELECT scenario, metric, count, sum, mean, p50, p95, p99, toFloat64(max)"
            + " FROM run_metrics_current WHERE run_id = ? ORDER BY scenario, metric",
        row ->
            new Metric(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getDouble(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getDouble(9)),
        runId);
  }

  /** What the serving job gave a run's scenarios. */
  public List<LiveGrade> grades(String runId) {
    return query(
        "SELECT scenario, state, letter, best_letter, worst_letter,"
            + " arrayStringConcat(deciding, ' '), requests, planned_requests"
            + " FROM grades_current WHERE run_id = ? ORDER BY scenario",
        row -> {
          long planned = row.getLong(8);
          return new LiveGrade(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getLong(7),
              row.wasNull() ? null : planned);
        },
        runId);
  }

  /** A run's requests. */
  public Requests requests(String runId) {
    return query(
            "SELECT count(), countIf(status = 'ok'), sumIf(prompt_tokens, status = 'ok'),"
                + " sumIf(output_tokens, status = 'ok'),"
                + " if(count() = 0, 0, dateDiff('microsecond', min(scheduled_at),"
                + " max(finished_at)) / 1e6)"
                + " FROM request_outcomes_current WHERE run_id = ?",
            row ->
                new Requests(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getDouble(5)),
            runId)
        .get(0);
  }

  /** Why requests of a run did not end well, the most frequent first. */
  public List<Failure> failures(String runId) {
    return query(
        "SELECT status, error, count() AS n FROM request_outcomes_current"
            + " WHERE run_id = ? AND status != 'ok' GROUP BY status, error ORDER BY n DESC LIMIT 10",
        row -> new Failure(row.getString(1), row.getString(2), row.getLong(3)),
        runId);
  }

  /**
   * What each server said of itself. Of several generators that asked the same server the one that
   * asked most often is taken.
   */
  public List<ServerSummary> servers(String runId) {
    return ServerRows.summaries(
        query(ServerRows.SELECT, row -> ServerRows.read(runId, row), runId));
  }

  /** Who makes a run. */
  public List<Producer> producers(String runId) {
    return query(
        "SELECT producer_id, shard, state, status, reason, judged, arrayStringConcat(doubts, '; ')"
            + " FROM run_producers_current WHERE run_id = ? ORDER BY shard, producer_id",
        row -> {
          int shard = row.getInt(2);
          return new Producer(
              row.getString(1),
              row.wasNull() ? null : shard,
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getBoolean(6),
              row.getString(7));
        },
        runId);
  }

  /** When generators of a run were in the way. */
  public Doubtful doubtful(String runId) {
    return query(
            "SELECT count(), arrayStringConcat(arraySort(groupUniqArrayArray(doubts)), ', ')"
                + " FROM untrusted_seconds WHERE run_id = ?",
            row -> new Doubtful(row.getLong(1), row.getString(2)),
            runId)
        .get(0);
  }

  /** Sent, counted, stored. */
  public List<Completeness> completeness(String runId) {
    return query(
        "SELECT topic, sent_records, counted_records, stored_records, sent_tokens, counted_tokens,"
            + " coalesce(stored_tokens, 0), duplicates, complete"
            + " FROM run_completeness WHERE run_id = ? ORDER BY topic",
        row -> {
          long stored = row.getLong(4);
          Long storedRecords = row.wasNull() ? null : stored;
          return new Completeness(
              row.getString(1),
              row.getLong(2),
              row.getLong(3),
              storedRecords,
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              row.getBoolean(9));
        },
        runId);
  }

  /** Whether the scenarios of a run that have bounds on its plan have their final grades. */
  public List<Graded> graded(String runId) {
    return query(
        "SELECT scenario, reason, graded_requests, stored_requests, complete"
            + " FROM grade_completeness WHERE run_id = ? ORDER BY scenario",
        row ->
            new Graded(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getBoolean(5)),
        runId);
  }

  /** The producers whose records were not all counted, or that are lost. */
  public List<ProducerGap> gaps(String runId) {
    return query(
        "SELECT producer_id, topic, state, sent_records, counted_records"
            + " FROM producer_completeness WHERE run_id = ?"
            + " AND (sent_records != counted_records OR sent_tokens != counted_tokens"
            + " OR state = 'lost')"
            + " ORDER BY producer_id, topic",
        row ->
            new ProducerGap(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5)),
        runId);
  }

  /** The producers of a run whose clocks are ahead of the broker's. */
  public List<Quarantined> quarantined(String runId) {
    return query(
        "SELECT producer_id, sum(quarantined) AS records FROM run_counts_current"
            + " WHERE run_id = ? GROUP BY producer_id HAVING records > 0 ORDER BY producer_id",
        row -> new Quarantined(row.getString(1), row.getLong(2)),
        runId);
  }

  /** What of a run has not been met again after the serving job had lost its state. */
  public List<Withheld> withheld(String runId) {
    return query(
        "SELECT producer_id, topic, records, outstanding FROM withheld_counts"
            + " WHERE run_id = ? ORDER BY producer_id, topic",
        row -> new Withheld(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
        runId);
  }

  /** Inputs that could not be read. */
  public long deadLetters() {
    return query("SELECT count() FROM dead_letters_current", row -> row.getLong(1)).get(0);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreachable(address, e);
    }
  }

  private static final String RUNS =
      "SELECT run_id, formatDateTime(planned_at, '%Y-%m-%d %H:%i:%S'), kind, model, release,"
          + " planned_items, producers_planned, producers_seen, status,"
          + " arrayStringConcat(reasons, '; '), producers_completed, trust FROM run_status_current";

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getString(9),
        row.getString(10),
        row.getLong(11),
        row.getString(12));
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, RowReader<T> reader, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<T> read = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(reader.read(rows));
        }
      }
      return read;
    } catch (SQLException e) {
      throw unreachable(address, e);
    }
  }

  private static CliException unreachable(ClickHouseConnection address, SQLException e) {
    String message =
        e.getMessage() == null ? "no answer" : e.getMessage().lines().findFirst().orElse("");
    return new CliException(
        ExitCode.BROKE,
        address
            + " does not answer as it should ("
            + message
            + "): check --clickhouse or see"
            + " ./evalstream status.",
        e);
  }
}
