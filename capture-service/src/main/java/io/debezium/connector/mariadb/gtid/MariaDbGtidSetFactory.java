package io.debezium.connector.mariadb.gtid;

import dev.lockstep.capture.exact.DomainGtids;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.connector.binlog.gtid.GtidSet;
import io.debezium.connector.binlog.gtid.GtidSetFactory;
import org.jspecify.annotations.NullMarked;

/** Makes positions that compare by domain, whatever server a transaction is of. */
@NullMarked
@ReplacesDebezium
public class MariaDbGtidSetFactory implements GtidSetFactory {
  @Override
  public GtidSet createGtidSet(String gtids) {
    return new DomainGtids(gtids);
  }
}
