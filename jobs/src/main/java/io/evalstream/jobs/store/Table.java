package io.evalstream.jobs.store;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;

/**
 * A table of ClickHouse and how a record becomes its row.
 *
 * @param columns the columns written, in the order in which {@code binder} sets them
 */
record Table<T>(String name, List<String> columns, Binder<T> binder) implements Serializable {

  /** Sets the values of a row. */
  interface Binder<T> extends Serializable {
    void bind(T element, Row row) throws SQLException;
  }

  String insert() {
    return "INSERT INTO "
        + name
        + " (`"
        + String.join("`, `", columns)
        + "`) VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  void set(PreparedStatement statement, T element) throws SQLException {
    statement.setEscapeProcessing(false); // or the driver rewrites {fn x} inside values
    Row row = new Row(statement);
    binder.bind(element, row);
    if (row.next - 1 != columns.size()) {
      throw new SQLException(
          name + " has " + columns.size() + " columns, " + (row.next - 1) + " were set");
    }
  }

  /** A row being set, column after column. */
  static final class Row {

    private final PreparedStatement statement;
    private int next = 1;

    Row(PreparedStatement statement) {
      this.statement = statement;
    }

    Row add(Object value) throws SQLException {
      statement.setObject(next++, value);
      return this;
    }

    /** A text that a column without nulls holds: empty for none. */
    Row text(String value) throws SQLException {
      return add(value == null ? "" : value);
    }

    /** Whether somebody has judged, and what is in doubt; none when nobody has. */
    Row doubts(List<String> doubts) throws SQLException {
      return add(doubts != null).add(doubts == null ? List.of() : doubts);
    }

    /** An instant in microseconds since the epoch; null stays null. */
    Row instant(Long atUs) throws SQLException {
      return add(
          atUs == null
              ? null
              : LocalDateTime.ofInstant(
                  Instant.ofEpochSecond(
                      Math.floorDiv(atUs, 1_000_000L), Math.floorMod(atUs, 1_000_000L) * 1_000),
                  ZoneOffset.UTC));
    }
  }
}
