package io.evalstream.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables and views of ClickHouse, as numbered migrations. Each is idempotent, so that one cut
 * short is simply run again; those that ended are written down in {@code schema_migrations}.
 */
public final class ClickHouseSchema {

  /** The migrations, in order; released ones are never changed, new ones are added at the end. */
  static final List<String> MIGRATIONS =
      List.of(
          "001_results.sql",
          "002_views.sql",
          "003_completeness.sql",
          "004_server_metrics.sql",
          "005_trust.sql",
          "006_blocks.sql",
          "007_serving.sql",
          "008_truth.sql",
          "009_grades.sql");

  private ClickHouseSchema() {}

  /**
   * Brings the connection's database up to date.
   *
   * @return the migrations that were run now
   * @throws SQLException when the database refuses one
   */
  public static List<String> migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS schema_migrations (name String, at DateTime DEFAULT now())"
              + " ENGINE = ReplacingMergeTree ORDER BY name");
      Set<String> done = new HashSet<>();
      try (ResultSet rows = statement.executeQuery("SELECT name FROM schema_migrations FINAL")) {
        while (rows.next()) {
          done.add(rows.getString(1));
        }
      }
      List<String> open = MIGRATIONS.stream().filter(name -> !done.contains(name)).toList();
      for (String name : open) {
        for (String sql : statements(name)) {
          statement.execute(sql);
        }
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO schema_migrations (name) VALUES (?)")) {
          insert.setString(1, name);
          insert.executeUpdate();
        }
      }
      return open;
    }
  }

  /** The statements of a migration; each ends with a semicolon at the end of a line. */
  static List<String> statements(String name) {
    try (InputStream resource = ClickHouseSchema.class.getResourceAsStream("clickhouse/" + name)) {
      String script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      String uncommented = script.replaceAll("(?m)^--.*$", "");
      return Arrays.stream(uncommented.split(";\\s*(\\n|$)"))
          .map(String::strip)
          .filter(sql -> !sql.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
