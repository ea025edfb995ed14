package dev.lockstep.capture.chunks;

import dev.lockstep.capture.source.MariaDbGtids;
import io.debezium.connector.mariadb.gtid.MariaDbGtidSet;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/** What MySQL and MariaDB say in different words, and a snapshot's chunks depend on. */
public enum Dialect {
  /** MySQL has sets of all transactions that were executed. */
  MYSQL("EXPLAIN FORMAT=TRADITIONAL ") {
    @Override
    String executed(Source source) throws SQLException {
      return source.row("SELECT @@GLOBAL.gtid_executed").getFirst();
    }

    @Override
    String retain(String executed, Predicate<String> sources) {
      return new MySqlGtidSet(executed).retainAll(sources).toString();
    }

    @Override
    boolean isWithin(String part, String whole) {
      return new MySqlGtidSet(part).isContainedWithin(new MySqlGtidSet(whole));
    }

    // MySQL names a transaction as executed once its rows can be read.
    @Override
    boolean shows(StreamPosition stream, Source source) throws SQLException {
      return stream.isWithin(executed(source));
    }
  },
  /**
   * MySQL without GTIDs tells the end of its binlog, as {@code file:position}. Nothing tells up to
   * where rows can be read, so tables are read as they are under a lock.
   */
  MYSQL_WITHOUT_GTIDS("EXPLAIN FORMAT=TRADITIONAL ") {
    @Override
    String executed(Source source) throws SQLException {
      List<String> end = end(source);
      String file = end.get(0);
      return file + ":" + (isEmpty(file, source) ? BEGIN : end.get(1));
    }

    // MySQL 8.2 renamed it; 8.4 took the old one away.
    private List<String> end(Source source) throws SQLException {
      try {
        return source.row("SHOW BINARY LOG STATUS");
      } catch (SQLException e) {
        if (e.getErrorCode() != SYNTAX_ERROR) {
          throw e;
        }
        return source.row("SHOW MASTER STATUS");
      }
    }

    // The stream stands at a file's begin until the file has more than its own two events.
    private boolean isEmpty(String file, Source source) throws SQLException {
      return source
          .row("SHOW BINLOG EVENTS IN '" + file.replace("'", "''") + "' LIMIT 2, 1")
          .isEmpty();
    }

    @Override
    boolean isWithin(String part, String whole) {
      throw new UnsupportedOperationException("There are no GTIDs");
    }

    @Override
    boolean isPast(StreamPosition stream, String executed) {
      int end = executed.lastIndexOf(':');
      return stream.isFrom(executed.substring(0, end), Long.parseLong(executed.substring(end + 1)));
    }

    @Override
    boolean shows(StreamPosition stream, Source source) {
      return true;
    }

    @Override
    boolean readsWholeTables() {
      return true;
    }
  },
  /** MariaDB has the last transaction of each domain, in the order of the binlog. */
  MARIADB("EXPLAIN EXTENDED ") {
    @Override
    String executed(Source source) throws SQLException {
      return source.row("SELECT @@GLOBAL.gtid_binlog_pos").getFirst();
    }

    @Override
    String retain(String executed, Predicate<String> sources) {
      return new MariaDbGtidSet(executed).retainAll(sources).toString();
    }

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

  /** Of the first event in a binlog's file. */
  private static final int BEGIN = 4;

  private static final int SYNTAX_ERROR = 1064;

  private final String explain;

  Dialect(String explain) {
    this.explain = explain;
  }

  /**
   * The transactions that the server has executed, at least those whose rows can be read.
   *
   * @throws SQLException when the source refuses
   */
  abstract String executed(Source source) throws SQLException;

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

  /** Those of the transactions that are of sources which the connector follows. */
  String retain(String executed, Predicate<String> sources) {
    return executed;
  }

  /** Whether a stream has brought all of these transactions. */
  boolean isPast(StreamPosition stream, String executed) {
    return stream.isPastGtids(executed);
  }

  /** Whether every table is read as it was at one place, for want of anything finer. */
  boolean readsWholeTables() {
    return false;
  }

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
    /** The first row of a query, as texts, empty ones for NULL; none where there is no row. */
    List<String> row(String query) throws SQLException;
  }
}
