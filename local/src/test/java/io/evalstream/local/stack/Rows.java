package io.evalstream.local.stack;

import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a stack's ClickHouse says. */
final class Rows {

  private Rows() {}

  /** The first column. */
  static List<String> of(StackAddresses addresses, String sql) throws SQLException {
    try (Connection connection =
            new ClickHouseConnection(addresses.clickhouse(), "default", "").open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
