package dev.lockstep.capture.exact;

import dev.lockstep.capture.source.MariaDbGtids;
import io.debezium.connector.binlog.gtid.GtidSet;
import io.debezium.connector.mariadb.gtid.MariaDbGtidSet;

/**
 * A position by MariaDB's GTIDs, which is within another when no domain of it is further.
 * Debezium's own compares the transactions of each server by themselves: after a failover, when the
 * last transaction is another server's, it finds no earlier position within.
 */
public final class DomainGtids extends MariaDbGtidSet {
  /** From MariaDB's text, which may be empty. */
  public DomainGtids(String gtids) {
    super(gtids);
  }

  @Override
  public boolean isContainedWithin(GtidSet other) {
    return MariaDbGtids.between(other.toString(), toString()) == 0;
  }
}
