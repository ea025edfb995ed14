package io.debezium.connector.mysql.jdbc;

import dev.lockstep.capture.exact.ExactFieldReader;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.connector.binlog.jdbc.BinlogFieldReader;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import org.jspecify.annotations.NullMarked;

/** Gives Debezium's snapshots a reader that alters no value. */
@NullMarked
@ReplacesDebezium
public final class MySqlFieldReaderResolver {
  private MySqlFieldReaderResolver() {}

  /** The reader for a connector's snapshots; it reads both of MySQL's protocols. */
  public static BinlogFieldReader resolve(MySqlConnectorConfig connectorConfig) {
    return new ExactFieldReader(connectorConfig);
  }
}
