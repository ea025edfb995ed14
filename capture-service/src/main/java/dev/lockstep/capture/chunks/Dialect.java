package dev.lockstep.capture.chunks;

import dev.lockstep.capture.source.MariaDbGtids;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;

/** What MySQL and MariaDB say in different words, and a snapshot's chunks depend on. */
public enum Dialect {
  /** MySQL has sets of all transactions that were executed. */
  MYSQL("SELECT @@GLOBAL.gtid_executed", "EXPLAIN FORMAT=TRADITIONAL ") {
    @Override
    boolean isWithin(String executed, String completed) {
      return new MySqlGtidSet(executed).isContainedWithin(new MySqlGtidSet(completed));
    }
  },
  /** MariaDB has the last transaction of each domain, in the order of the binlog. */
  MARIADB("SELECT @@GLOBAL.gtid_binlog_pos", "EXPLAIN EXTENDED ") {
    @Override
    boolean isWithin(String executed, String completed) {
      return MariaDbGtids.between(completed, executed) == 0;
    }
  };

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
   * @param executed those of {@link #executed}
   * @param completed those of a stream's offset
   */
  abstract boolean isWithin(String executed, String completed);
}
