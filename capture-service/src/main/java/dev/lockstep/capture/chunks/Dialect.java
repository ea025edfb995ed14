package dev.lockstep.capture.chunks;

import dev.lockstep.capture.source.MariaDbGtids;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import java.sql.SQLException;
import java.util.List;

/** What MySQL and MariaDB say in different words, and a snapshot's chunks depend on. */
public enum Dialect {
  /** MySQL has sets of all transactions that were executed. */
  MYSQL("SELECT @@GLOBAL.gtid_executed", "EXPLAIN FORMAT=TRADITIONAL ") {
    @Override
    boolean isWithin(String part, String whole) {
      return new MySqlGtidSet(part).isContainedWithin(new MySqlGtidSet(whole));
    }

    // MySQL names a transaction as executed once its rows can be read.
    @Override
    boolean shows(StreamPosition stream, Source source) throws SQLException {
      return stream.isWithin(source.row(executed()).getFirst());
    }
  },
  /** MariaDB has the last transaction of each domain, in the order of the binlog. */
  MARIADB("SELECT @@GLOBAL.gtid_binlog_pos", "EXPLAIN EXTENDED ") {
    @Override
    boolean isWithin(String part, String whole) {
      return MariaDbGtids.between(whole, part) == 0;
    }

    // MariaDB tells the place in its binlog up to which rows can be read. That place as GTIDs takes
    // it to look through a file of its binlog, so it is only asked where the place is before the
    // stream's: there may be nothing but events without rows in between.
    @Override
    boolean shows(StreamPosition stream, Source source) throws SQLException {
      List<String> place = source.row(READABLE);
      String file = place.get(0);
      String position = place.get(1);
      return stream.isUpTo(file, Long.parseLong(position))
          || stream.isWithin(
              source
                  .row(
                      "SELECT BINLOG_GTID_POS('" + file.replace("'", "''") + "', " + position + ")")
                  .getFirst());
    }
  };

  /** As "Enhancements for START TRANSACTION WITH CONSISTENT SNAPSHOT" of its documentation says. */
  private static final String READABLE =
      """
      SELECT f.variable_value, p.variable_value
        FROM information_schema.session_status f JOIN information_schema.session_status p
        WHERE f.variable_name = 'BINLOG_SNAPSHOT_FILE'
          AND p.variable_name = 'BINLOG_SNAPSHOT_POSITION'
      """;

  private final String executed;
  private final String explain;

  Dialect(String executed, String explain) {
    this.executed = executed;
    this.explain = explain;
  }

  /** The query for the transactions that the server has executed. */
  String executed() {
    return executed;
  }

  /** What stands before a SELECT, for a plan with the columns {@code rows} and {@code filtered}. */
  String explain() {
    return explain;
  }

  /**
   * Whether transactions are among others.
   *
   * @param part those of {@link #executed}, or of a stream's offset
   * @param whole the others, likewise
   */
  abstract boolean isWithin(String part, String whole);

  /**
   * Whether the rows of all that a stream has brought can be read. A server sends a transaction
   * once it stands in the binlog, which is before that; with semi-synchronous replication by
   * seconds.
   *
   * @throws SQLException when the source refuses
   */
  abstract boolean shows(StreamPosition stream, Source source) throws SQLException;

  /** Asks the source. */
  interface Source {
    /** The first row of a query, as texts; empty ones for NULL. */
    List<String> row(String query) throws SQLException;
  }
}
