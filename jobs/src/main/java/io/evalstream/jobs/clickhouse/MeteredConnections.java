package io.evalstream.jobs.clickhouse;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * Connections whose batches are measured. Their statements unwrap to the driver's own, so that what
 * is set row by row goes straight there.
 */
final class MeteredConnections implements JdbcConnectionProvider {

  private static final long serialVersionUID = 1L;

  private final JdbcConnectionProvider connections;
  private final transient InsertMetrics metrics;

  MeteredConnections(JdbcConnectionOptions options, InsertMetrics metrics) {
    this.connections = new SimpleJdbcConnectionProvider(options);
    this.metrics = metrics;
  }

  @Override
  public Connection getConnection() {
    Connection connection = connections.getConnection();
    return connection == null ? null : metered(connection);
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return connections.isConnectionValid();
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
    return metered(connections.getOrEstablishConnection());
  }

  @Override
  public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
    return metered(connections.reestablishConnection());
  }

  @Override
  public void closeConnection() {
    connections.closeConnection();
  }

  private Connection metered(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = call(connection, method, arguments);
          return result instanceof PreparedStatement statement
              ? proxy(PreparedStatement.class, new MeteredStatement(statement, metrics))
              : result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static final class MeteredStatement implements InvocationHandler {

    private final PreparedStatement statement;
    private final InsertMetrics metrics;
    private long rows;

    MeteredStatement(PreparedStatement statement, InsertMetrics metrics) {
      this.statement = statement;
      this.metrics = metrics;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "unwrap" -> statement;
        case "addBatch" -> {
          rows++;
          yield call(statement, method, arguments);
        }
        case "executeBatch" -> executeBatch(method);
        default -> call(statement, method, arguments);
      };
    }

    private Object executeBatch(Method method) throws Throwable {
      long batch = rows;
      rows = 0;
      long begin = System.nanoTime();
      Object result;
      try {
        result = call(statement, method, null);
      } catch (SQLException e) {
        metrics.failed();
        throw e;
      }
      if (batch > 0) {
        metrics.succeeded(batch, System.nanoTime() - begin);
      }
      return result;
    }
  }
}
