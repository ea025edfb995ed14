package io.debezium.connector.mariadb;

import dev.lockstep.capture.ddl.MariaDbDdlParser;
import dev.lockstep.capture.exact.ReadableDefaults;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.BinlogDatabaseSchema;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.mariadb.jdbc.MariaDbValueConverters;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.relational.ddl.DdlParser;
import io.debezium.schema.SchemaChangeEvent;
import io.debezium.schema.SchemaNameAdjuster;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Debezium's knowledge of the source's tables, with types named as MariaDB shows them. */
@NullMarked
@ReplacesDebezium
public class MariaDbDatabaseSchema
    extends BinlogDatabaseSchema<
        MariaDbPartition, MariaDbOffsetContext, MariaDbValueConverters, ReadableDefaults> {
  private long ddlStatements;

  /** As Debezium's connector task calls it. */
  public MariaDbDatabaseSchema(
      MariaDbConnectorConfig config,
      MariaDbValueConverters converters,
      TopicNamingStrategy<TableId> topics,
      SchemaNameAdjuster names,
      boolean ignoresCaseOfTables,
      CustomConverterRegistry registry,
      CdcSourceTaskContext<? extends CommonConnectorConfig> task) {
    super(
        config,
        converters,
        new ReadableDefaults(converters),
        topics,
        names,
        ignoresCaseOfTables,
        registry,
        task);
  }

  @Override
  public List<SchemaChangeEvent> parseStreamingDdl(
      MariaDbPartition partition,
      String statements,
      String database,
      MariaDbOffsetContext offset,
      Instant time) {
    ddlStatements++;
    return super.parseStreamingDdl(partition, statements, database, offset, time);
  }

  /** A table is not known any more. */
  public void forget(TableId table) {
    tables().removeTable(table);
    removeSchema(table);
  }

  /** How many DDL statements the stream has brought; for the stream's own thread. */
  public long ddlStatements() {
    return ddlStatements;
  }

  @Override
  protected DdlParser createDdlParser(
      BinlogConnectorConfig config, MariaDbValueConverters converters) {
    return new MariaDbDdlParser(
        config.isSchemaCommentsHistoryEnabled(),
        getTableFilter(),
        config.getServiceRegistry().getService(BinlogCharsetRegistry.class));
  }
}
