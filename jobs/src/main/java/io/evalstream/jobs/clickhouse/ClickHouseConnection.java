package io.evalstream.jobs.clickhouse;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;

/**
 * Where ClickHouse is.
 *
 * @param url {@code jdbc:clickhouse://host:port/database}
 * @param password may be empty; never shown
 */
public record ClickHouseConnection(String url, String user, String password)
    implements Serializable {

  private static final Pattern ADDRESS =
      Pattern.compile("jdbc:clickhouse:(?:https?:)?//(?:[^/@]*@)?([^/?@]+)(?:[/?].*)?");

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the item
   */
  public ClickHouseConnection {
    if (url == null || !ADDRESS.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "clickhouse.url is not an address: give jdbc:clickhouse://host:port/database");
    }
    if (user == null || password == null) {
      throw new IllegalArgumentException("clickhouse.user or clickhouse.password is missing");
    }
  }

  /** Opens a connection for reading and for migrations. */
  public Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return DriverManager.getConnection(url, properties);
  }

  /** How a writer connects: one insert is one request, answered when it is done. */
  JdbcConnectionOptions writer() {
    return new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
        .withUrl(url)
        .withUsername(user)
        .withPassword(password)
        .withProperty("clickhouse_setting_async_insert", "0")
        .withProperty("beta.row_binary_for_simple_insert", "true")
        .withProperty("compress", "false")
        .withConnectionCheckTimeoutSeconds(10)
        .build();
  }

  /** The address without what may be a secret. */
  @Override
  public String toString() {
    return "ClickHouse at " + ADDRESS.matcher(url).replaceFirst("$1");
  }
}
