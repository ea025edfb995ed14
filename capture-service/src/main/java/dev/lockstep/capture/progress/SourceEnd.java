package dev.lockstep.capture.progress;

import dev.lockstep.capture.source.MariaDbGtids;
import dev.lockstep.capture.source.SourceConnection;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.control.ConnectorProgress.Position;
import io.debezium.config.Configuration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks the source where its binlog ends, on a connection of its own that is kept. Not thread-safe.
 * Needs the privilege REPLICATION CLIENT, or MariaDB's BINLOG MONITOR, as capturing does.
 */
final class SourceEnd implements AutoCloseable {
  /** MySQL 8.2 renamed it; 8.4 took the old one away. */
  private static final String STATUS = "SHOW BINARY LOG STATUS";

  private static final String OLD_STATUS = "SHOW MASTER STATUS";
  private static final int SYNTAX_ERROR = 1064;

  private final Map<String, String> config;
  private final SourceKind kind;
  private String query;
  private @Nullable Connection connection;

  /** Of the source that this config names; the config holds secrets. */
  SourceEnd(Map<String, String> config) {
    this.config = config;
    this.kind = SourceKind.ofChecked(config);
    this.query = kind == SourceKind.MARIADB ? OLD_STATUS : STATUS;
  }

  /**
   * The place after the last event.
   *
   * @throws SQLException when the source can't be asked, or writes no binlog
   */
  Position read() throws SQLException {
    try {
      return status();
    } catch (SQLException e) {
      if (e.getErrorCode() != SYNTAX_ERROR || query.equals(OLD_STATUS)) {
        throw e;
      }
      query = OLD_STATUS;
      return status();
    }
  }

  private Position status() throws SQLException {
    try (Statement statement = opened().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new SQLException("The server writes no binary log");
      }
      String file = row.getString("File");
      long position = row.getLong("Position");
      String gtids =
          kind == SourceKind.MARIADB ? mariaDbGtids() : row.getString("Executed_Gtid_Set");
      return new Position(
          file, position, gtids == null || gtids.isBlank() ? null : gtids.replaceAll("\\s", ""));
    }
  }

  /** The last transaction of each domain in the binlog. */
  private @Nullable String mariaDbGtids() throws SQLException {
    try (Statement statement = opened().createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_binlog_pos")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Bytes of binlog from a place to the end; empty when its file is not there any more. */
  OptionalLong bytes(Position from, Position end) throws SQLException {
    if (from.file().equals(end.file())) {
      return OptionalLong.of(Math.max(0, end.offset() - from.offset()));
    }
    long bytes = 0;
    boolean found = false;
    try (Statement statement = opened().createStatement();
        ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
      while (rows.next()) {
        String file = rows.getString("Log_name");
        if (file.equals(end.file())) {
          bytes += found ? end.offset() : 0;
          break;
        }
        found = found || file.equals(from.file());
        bytes += found ? rows.getLong("File_size") : 0;
      }
    }
    return found ? OptionalLong.of(Math.max(0, bytes - from.offset())) : OptionalLong.empty();
  }

  /** Transactions that are in the end's GTID set and not in the other's. */
  OptionalLong transactions(Position from, Position end) throws SQLException {
    if (from.gtidSet() == null || end.gtidSet() == null) {
      return OptionalLong.empty();
    }
    if (kind == SourceKind.MARIADB) {
      return OptionalLong.of(MariaDbGtids.between(from.gtidSet(), end.gtidSet()));
    }
    try (PreparedStatement statement = opened().prepareStatement("SELECT GTID_SUBTRACT(?, ?)")) {
      statement.setString(1, end.gtidSet());
      statement.setString(2, from.gtidSet());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return OptionalLong.of(GtidSets.count(row.getString(1)));
      }
    }
  }

  private Connection opened() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = SourceConnection.open(Configuration.from(config));
      connection = open;
    }
    return open;
  }

  /** Lets the connection go; the next question opens another. */
  void letGo() throws SQLException {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws SQLException {
    letGo();
  }
}
