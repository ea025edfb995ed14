package dev.lockstep.capture.chunks;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.relational.RelationalDatabaseSchema;
import io.debezium.relational.TableId;
import java.util.Optional;

/**
 * Captured tables that the stream brings rows of and whose definition it does not know: those that
 * were added to the config. Debezium fails on them.
 */
public final class UnknownTables {
  private final BinlogConnectorConfig config;
  private final RelationalDatabaseSchema schema;
  private final Optional<SnapshotWork> work;

  /** For one run of a connector. */
  @SuppressWarnings("deprecation") // getConfig() is, for Debezium's own keys; the token is none
  public UnknownTables(BinlogConnectorConfig config, RelationalDatabaseSchema schema) {
    this.config = config;
    this.schema = schema;
    this.work = RunningWork.of(config.getConfig());
  }

  /**
   * Whether a table's rows, up to here, are a snapshot's to read: it takes the table's definition
   * at a place of the binlog that is yet to come, and reads all of its rows after that.
   */
  public boolean isLeftToSnapshot(TableMapEventData event) {
    var table = new TableId(event.getDatabase(), null, event.getTable());
    return schema.schemaFor(table) == null
        && work.isPresent()
        && config.getTableFilters().dataCollectionFilter().isIncluded(table)
        && work.get().reads(table);
  }
}
