package io.evalstream.jobs.accounting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts the starts of jobs, in ClickHouse. */
public final class Epochs {

  private Epochs() {}

  /** Registers a start and gives its number, from 1. */
  public static int next(Connection connection, String job) throws SQLException {
    int epoch;
    try (PreparedStatement last =
        connection.prepareStatement("SELECT max(epoch) FROM job_epochs WHERE job = ?")) {
      last.setString(1, job);
      try (ResultSet rows = last.executeQuery()) {
        rows.next();
        epoch = rows.getInt(1) + 1;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO job_epochs (job, epoch) VALUES (?, ?)")) {
      insert.setString(1, job);
      insert.setInt(2, epoch);
      insert.executeUpdate();
    }
    return epoch;
  }
}
