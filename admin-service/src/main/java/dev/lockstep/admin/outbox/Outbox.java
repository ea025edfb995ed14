package dev.lockstep.admin.outbox;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The table of records that have yet to reach Kafka.
 *
 * <p>A record is added in the transaction of the change that it tells of, after that change has
 * locked the connector's row: so the ids of one key's records rise in the order of its changes.
 */
public final class Outbox {
  /** Sends a record and returns when Kafka has it; throws when it can't tell that. */
  @FunctionalInterface
  interface Sender {
    void send(OutboxRecord waiting);
  }

  private record Row(long id, OutboxRecord waiting) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;

  /** An outbox in this database. */
  public Outbox(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Adds a record, in the caller's transaction. */
  public void add(OutboxRecord waiting) {
    jdbc.sql(
            "INSERT INTO outbox (topic, record_key, record_value, created_at)"
                + " VALUES (:topic, :key, :json, :now)")
        .param("topic", waiting.topic())
        .param("key", waiting.key())
        .param("json", waiting.json(), java.sql.Types.VARCHAR)
        .param("now", OffsetDateTime.now(clock))
        .update();
  }

  /** How many records wait. */
  public long size() {
    return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  /**
   * Sends the oldest record and forgets it once it is sent; false when none waits. The row is
   * locked meanwhile, so that no other replica sends it or a later one.
   */
  boolean sendOldest(Sender sender) {
    Boolean sent =
        transactions.execute(status -> oldest().map(row -> send(row, sender)).isPresent());
    return Boolean.TRUE.equals(sent);
  }

  private Row send(Row row, Sender sender) {
    sender.send(row.waiting);
    jdbc.sql("DELETE FROM outbox WHERE id = :id").param("id", row.id).update();
    return row;
  }

  private Optional<Row> oldest() {
    return jdbc.sql(
            "SELECT id, topic, record_key, record_value FROM outbox"
                + " ORDER BY id FETCH FIRST 1 ROW ONLY FOR UPDATE")
        .query(
            (row, number) ->
                new Row(
                    row.getLong("id"),
                    new OutboxRecord(
                        row.getString("topic"),
                        row.getString("record_key"),
                        row.getString("record_value"))))
        .optional();
  }
}
