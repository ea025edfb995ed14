package dev.lockstep.admin.connectors;

import dev.lockstep.admin.outbox.Outbox;
import dev.lockstep.admin.outbox.OutboxRecord;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.kafka.ControlCodec;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connectors in the database. Each change is one transaction with the record that tells of it,
 * and takes the name's next generation first: that row's lock puts the changes of one name, and
 * with them its records in the outbox, in order.
 */
public final class ConnectorStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> CONFIG = new TypeReference<>() {};
  private static final String COLUMNS = "SELECT name, config, desired_state, generation ";

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Outbox outbox;
  private final String topic;
  private final Clock clock;

  /** A store in this database, whose changes are published to this topic. */
  public ConnectorStore(
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

  /** All connectors by name. */
  public List<Connector> list() {
    return jdbc.sql(COLUMNS + "FROM connectors ORDER BY name").query(ConnectorStore::read).list();
  }

  /** The connector of this name. */
  public Optional<Connector> find(String name) {
    return jdbc.sql(COLUMNS + "FROM connectors WHERE name = :name")
        .param("name", name)
        .query(ConnectorStore::read)
        .optional();
  }

  /** The connector that uses this topic prefix. */
  Optional<String> ownerOfPrefix(String prefix) {
    return jdbc.sql("SELECT name FROM connectors WHERE topic_prefix = :prefix")
        .param("prefix", prefix)
        .query(String.class)
        .optional();
  }

  /** Whether this database has never held a connector. */
  boolean isUnused() {
    return jdbc.sql("SELECT count(*) FROM connector_generations").query(Long.class).single() == 0;
  }

  /**
   * Stores a new connector.
   *
   * @throws DuplicateKeyException when its name or its topic prefix is in use
   */
  Connector create(String name, Map<String, String> config) {
    return inTransaction(
        () -> {
          var created = new Connector(name, config, DesiredState.RUNNING, nextGeneration(name));
          insert(created);
          publish(created.spec(Set.of()));
          return created;
        });
  }

  /**
   * Stores another config for a connector.
   *
   * @throws ConnectorException.ChangedMeanwhile when it is no longer as given
   * @throws DuplicateKeyException when the topic prefix is in use
   */
  Connector update(Connector before, Map<String, String> config) {
    return inTransaction(
        () -> {
          long generation = nextGeneration(before.name());
          var after = new Connector(before.name(), config, before.desiredState(), generation);
          replace(before, after);
          return after;
        });
  }

  /**
   * Stores what a connector shall do, under a new generation: capture-service begins it anew.
   *
   * @param wish what it shall do, given what it shall do now
   * @throws ConnectorException.Unknown when there is none of that name
   */
  Connector want(String name, UnaryOperator<DesiredState> wish) {
    return inTransaction(
        () -> {
          Connector known = find(name).orElseThrow(() -> new ConnectorException.Unknown(name));
          long generation = nextGeneration(known.name());
          // Read again: only the generation's row puts changes of one name in order.
          Connector before = find(name).orElseThrow(() -> new ConnectorException.Unknown(name));
          DesiredState wanted = wish.apply(before.desiredState());
          var after = new Connector(name, before.config(), wanted, generation);
          replace(before, after);
          return after;
        });
  }

  private void replace(Connector before, Connector after) {
    replace(before, after, Set.of());
  }

  private void replace(Connector before, Connector after, Set<Removal> removals) {
    int rows =
        bind(
                "UPDATE connectors SET topic_prefix = :prefix, config = :config,"
                    + " desired_state = :state, generation = :generation, updated_at = :now"
                    + " WHERE name = :name AND generation = :before",
                after)
            .param("before", before.generation())
            .update();
    if (rows == 0) {
      throw new ConnectorException.ChangedMeanwhile(before.name());
    }
    publish(after.spec(removals));
  }

  /**
   * Deletes a connector.
   *
   * @throws ConnectorException.Unknown when there is none of that name
   */
  void delete(String name) {
    inTransaction(
        () -> {
          long generation = nextGeneration(name);
          if (jdbc.sql("DELETE FROM connectors WHERE name = :name").param("name", name).update()
              == 0) {
            throw new ConnectorException.Unknown(name);
          }
          outbox.add(new OutboxRecord(topic, name, null));
          return generation;
        });
  }

  /**
   * Stores that a connector shall be deleted with these removals; its row stays until {@link
   * #forget}.
   *
   * @throws ConnectorException.Unknown when there is none of that name
   */
  Connector beginDeletion(String name, Set<Removal> removals) {
    return inTransaction(
        () -> {
          Connector known = find(name).orElseThrow(() -> new ConnectorException.Unknown(name));
          long generation = nextGeneration(known.name());
          Connector before = find(name).orElseThrow(() -> new ConnectorException.Unknown(name));
          var after = new Connector(name, before.config(), DesiredState.DELETED, generation);
          replace(before, after, removals);
          return after;
        });
  }

  /** Deletes a connector that is still as given; whether it was. */
  boolean forget(Connector connector) {
    return inTransaction(
        () -> {
          int rows =
              jdbc.sql("DELETE FROM connectors WHERE name = :name AND generation = :generation")
                  .param("name", connector.name())
                  .param("generation", connector.generation())
                  .update();
          if (rows > 0) {
            outbox.add(new OutboxRecord(topic, connector.name(), null));
          }
          return rows > 0;
        });
  }

  /** Stores connectors that are published already. */
  void adopt(Collection<ConnectorSpec> specs) {
    inTransaction(
        () -> {
          for (ConnectorSpec spec : specs) {
            insertGeneration(spec.name(), spec.generation());
            insert(
                new Connector(spec.name(), spec.config(), spec.desiredState(), spec.generation()));
          }
          return specs.size();
        });
  }

  private <T> T inTransaction(Supplier<T> change) {
    T result = transactions.execute(status -> change.get());
    if (result == null) {
      throw new IllegalStateException("A change must have a result");
    }
    return result;
  }

  private long nextGeneration(String name) {
    int rows =
        jdbc.sql("UPDATE connector_generations SET generation = generation + 1 WHERE name = :name")
            .param("name", name)
            .update();
    if (rows == 0) {
      insertGeneration(name, 1);
      return 1;
    }
    return jdbc.sql("SELECT generation FROM connector_generations WHERE name = :name")
        .param("name", name)
        .query(Long.class)
        .single();
  }

  private void insertGeneration(String name, long generation) {
    jdbc.sql("INSERT INTO connector_generations (name, generation) VALUES (:name, :generation)")
        .param("name", name)
        .param("generation", generation)
        .update();
  }

  private void insert(Connector connector) {
    bind(
            "INSERT INTO connectors (name, topic_prefix, config, desired_state, generation,"
                + " created_at, updated_at)"
                + " VALUES (:name, :prefix, :config, :state, :generation, :now, :now)",
            connector)
        .update();
  }

  private JdbcClient.StatementSpec bind(String sql, Connector connector) {
    return jdbc.sql(sql)
        .param("name", connector.name())
        .param("prefix", connector.config().get(ConfigRules.TOPIC_PREFIX), Types.VARCHAR)
        .param("config", JSON.writeValueAsString(connector.config()))
        .param("state", connector.desiredState().name())
        .param("generation", connector.generation())
        .param("now", OffsetDateTime.now(clock));
  }

  private void publish(ConnectorSpec spec) {
    String json = new String(ControlCodec.encode(spec), StandardCharsets.UTF_8);
    outbox.add(new OutboxRecord(topic, spec.name(), json));
  }

  private static Connector read(ResultSet row, int number) throws SQLException {
    return new Connector(
        row.getString("name"),
        JSON.readValue(row.getString("config"), CONFIG),
        DesiredState.valueOf(row.getString("desired_state")),
        row.getLong("generation"));
  }
}
