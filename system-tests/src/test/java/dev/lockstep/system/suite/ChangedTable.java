package dev.lockstep.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.MySqlServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The table {@code <database>.t} that {@link SeededChanges} changes, and a connector of its own.
 */
public final class ChangedTable {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 120));

  private ChangedTable() {}

  /** Makes the table, and a connector named like the database with three partitions to a topic. */
  public static void begin(
      MySqlServer mysql, LockstepSuite suite, SourceAndTarget both, String database)
      throws Exception {
    begin(suite, both, database, new HashMap<>(ConnectApi.tutorial(mysql, database, database)));
  }

  /** Makes the table, and a connector of this config. */
  public static void begin(
      LockstepSuite suite, SourceAndTarget both, String database, Map<String, String> config)
      throws Exception {
    both.source(
        "CREATE DATABASE " + database,
        "CREATE TABLE %s.t (id INT PRIMARY KEY, change_no BIGINT NOT NULL, payload VARCHAR(200))"
            .formatted(database),
        "INSERT INTO %s.t VALUES (0, 0, 'snapshot')".formatted(database));
    config.put("topic.creation.default.partitions", "3");
    var made = suite.connect().post(database, config);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String sql = "SELECT id FROM %s.t".formatted(database);
    both.awaitEqual(sql, sql + " FINAL", LIMIT);
  }

  /** Waits until source and target have the same rows. */
  public static void awaitEqual(SourceAndTarget both, String database) throws Exception {
    both.awaitEqual(
        "SELECT id, change_no, payload FROM %s.t ORDER BY id".formatted(database),
        "SELECT id, change_no, payload FROM %s.t FINAL ORDER BY id".formatted(database),
        LIMIT);
  }
}
