package dev.lockstep.admin.mappings;

import dev.lockstep.admin.outbox.Outbox;
import dev.lockstep.admin.outbox.OutboxRecord;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The mappings in the database. Each change is one transaction with the record that tells of it,
 * and writes the name's row first: that row's lock puts the changes of one name, and with them its
 * records in the outbox, in order.
 */
public final class MappingStore {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Outbox outbox;
  private final String topic;
  private final Clock clock;

  /** A store in this database, whose changes are published to this topic. */
  public MappingStore(
      JdbcClient jdbc,
      TransactionOperations transactions,
      Outbox outbox,
      String topic,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.topic = topic;
    this.clock = clock;
  }

  /** All mappings by name. */
  List<TableMapping> list() {
    return jdbc
        .sql("SELECT mapping FROM mappings WHERE mapping IS NOT NULL ORDER BY name")
        .query(String.class)
        .list()
        .stream()
        .map(MappingStore::read)
        .toList();
  }

  /** The mapping of this name. */
  Optional<TableMapping> find(String name) {
    return jdbc.sql("SELECT mapping FROM mappings WHERE name = :name AND mapping IS NOT NULL")
        .param("name", name)
        .query(String.class)
        .optional()
        .map(MappingStore::read);
  }

  /** How many there are. */
  long count() {
    return jdbc.sql("SELECT count(*) FROM mappings WHERE mapping IS NOT NULL")
        .query(Long.class)
        .single();
  }

  /** Whether this database has never held a mapping. */
  boolean isUnused() {
    return jdbc.sql("SELECT count(*) FROM mappings").query(Long.class).single() == 0;
  }

  /** Stores a mapping in place of one of that name, if there is one. */
  void put(TableMapping mapping) {
    String json = new String(ControlCodec.encode(mapping), StandardCharsets.UTF_8);
    try {
      write(mapping.name(), json);
    } catch (DuplicateKeyException e) {
      // Another request made its row between our update and our insert: now it can be updated
      write(mapping.name(), json);
    }
  }

  private void write(String name, String json) {
    transactions.executeWithoutResult(
        status -> {
          if (update(name, json, "") == 0) {
            insert(name, json);
          }
          outbox.add(new OutboxRecord(topic, name, json));
        });
  }

  /** Deletes a mapping; false when there is none of that name. */
  boolean delete(String name) {
    Boolean deleted =
        transactions.execute(
            status -> {
              if (update(name, null, " AND mapping IS NOT NULL") == 0) {
                return false;
              }
              outbox.add(new OutboxRecord(topic, name, null));
              return true;
            });
    return Boolean.TRUE.equals(deleted);
  }

  /** Stores mappings that are published already. */
  void adopt(Collection<TableMapping> published) {
    transactions.executeWithoutResult(
        status ->
            published.forEach(
                mapping ->
                    insert(
                        mapping.name(),
                        new String(ControlCodec.encode(mapping), StandardCharsets.UTF_8))));
  }

  private int update(String name, @Nullable String json, String condition) {
    return bind(
            "UPDATE mappings SET mapping = :mapping, generation = generation + 1, updated_at = :now"
                + " WHERE name = :name"
                + condition,
            name,
            json)
        .update();
  }

  private void insert(String name, String json) {
    bind(
            "INSERT INTO mappings (name, mapping, generation, updated_at)"
                + " VALUES (:name, :mapping, 1, :now)",
            name,
            json)
        .update();
  }

  private JdbcClient.StatementSpec bind(String sql, String name, @Nullable String json) {
    return jdbc.sql(sql)
        .param("name", name)
        .param("mapping", json, Types.VARCHAR)
        .param("now", OffsetDateTime.now(clock));
  }

  private static TableMapping read(String json) {
    return ControlCodec.decode(json.getBytes(StandardCharsets.UTF_8), TableMapping.class);
  }
}
