package dev.lockstep.capture;

import dev.lockstep.stack.MySqlServer;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A real Debezium engine, without Kafka, that reads a database's stream from now on: what values
 * are before they are encoded.
 */
public final class RowStream implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final LinkedBlockingQueue<SourceRecord> records = new LinkedBlockingQueue<>();
  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;

  /**
   * Returns when the snapshot is done, so that all that follows is read from the stream.
   *
   * @param database exists, and gets a table {@code snapshot_is_done}
   * @param converter the class of the one converter that values go through
   */
  public RowStream(MySqlServer mysql, String database, Class<?> converter)
      throws InterruptedException, SQLException {
    this(mysql, database, converter, Map.of());
  }

  /** The same with more settings. */
  public RowStream(
      MySqlServer mysql, String database, Class<?> converter, Map<String, String> settings)
      throws InterruptedException, SQLException {
    try (Connection connection = mysql.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE snapshot_is_done AS SELECT 1 AS marker");
    }
    Properties config = config(mysql, database, converter);
    config.putAll(settings);
    engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(config)
            .notifying(
                (batch, committer) -> {
                  for (RecordChangeEvent<SourceRecord> event : batch) {
                    records.add(event.record());
                    committer.markProcessed(event);
                  }
                  committer.markBatchFinished();
                })
            .build();
    Thread.ofPlatform().name("row-stream-" + database).daemon().start(engine::run);
    inserted("snapshot_is_done", 1);
  }

  private static Properties config(MySqlServer mysql, String database, Class<?> converter) {
    Properties config = new Properties();
    config.setProperty("name", database);
    config.setProperty("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.setProperty("database.hostname", mysql.host());
    config.setProperty("database.port", String.valueOf(mysql.port()));
    config.setProperty("database.user", mysql.user());
    config.setProperty("database.password", mysql.password());
    config.setProperty(
        "database.server.id", String.valueOf(70_000 + Math.floorMod(database.hashCode(), 9_000)));
    config.setProperty("topic.prefix", database);
    config.setProperty("database.include.list", database);
    config.setProperty("snapshot.mode", "initial");
    config.setProperty("poll.interval.ms", "5");
    config.setProperty("errors.max.retries", "0");
    config.setProperty(
        "schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory");
    config.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    config.setProperty("converters", "ours");
    config.setProperty("ours.type", converter.getName());
    return config;
  }

  /** The next rows of a table that were inserted, in the order of the stream. */
  public List<Struct> inserted(String table, int count) throws InterruptedException {
    List<Struct> rows = new ArrayList<>();
    while (rows.size() < count) {
      SourceRecord next = records.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException(
            "%d of %d rows of %s came".formatted(rows.size(), count, table));
      }
      if (next.value() instanceof Struct change
          && change.schema().field("after") != null
          && change.getStruct("source").getString("table").equals(table)) {
        rows.add(change.getStruct("after"));
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
