package dev.lockstep.system.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("main-job")
@ExtendWith(Servers.class)
class KilledServicesTest {
  private static final int CHANGES = 100_000;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Test
  void
      afterKillsDuringOneHundredThousandChangesSourceAndTargetAreEqualAndEachChangeWasPublishedOnce(
          MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("killed", kafka, clickHouse).start()) {
      // Two connectors, so that one's open transaction stands between the other's committed
      // offsets.
      List<SeededChanges> changes =
          List.of(new SeededChanges("killed1.t", 20261122), new SeededChanges("killed2.t", 7));
      for (SeededChanges of : changes) {
        begin(mysql, suite, both, of.database());
      }
      loadWithKills(mysql, suite, changes);
      for (SeededChanges of : changes) {
        both.awaitEqual(
            "SELECT id, change_no, payload FROM %s.t ORDER BY id".formatted(of.database()),
            "SELECT id, change_no, payload FROM %s.t FINAL ORDER BY id".formatted(of.database()),
            LIMIT);
        List<String> seen = seenBy(suite, of.database());
        assertThat(seen).hasSize(of.count());
        assertThat(counted(seen)).isEqualTo(counted(of.done()));
      }
    }
  }

  private static void begin(
      MySqlServer mysql, LockstepSuite suite, SourceAndTarget both, String database)
      throws Exception {
    both.source(
        "CREATE DATABASE " + database,
        "CREATE TABLE %s.t (id INT PRIMARY KEY, change_no BIGINT NOT NULL, payload VARCHAR(200))"
            .formatted(database),
        "INSERT INTO %s.t VALUES (0, 0, 'snapshot')".formatted(database));
    Map<String, String> config = new HashMap<>(ConnectApi.tutorial(mysql, database, database));
    config.put("topic.creation.default.partitions", "3");
    assertThat(suite.connect().post(database, config).statusCode()).isEqualTo(201);
    String sql = "SELECT id FROM %s.t".formatted(database);
    both.awaitEqual(sql, sql + " FINAL", LIMIT);
  }

  private static void loadWithKills(
      MySqlServer mysql, LockstepSuite suite, List<SeededChanges> changes) throws Exception {
    List<Runnable> faults =
        new ArrayList<>(
            List.of(
                suite.capture::kill,
                suite.apply::kill,
                suite.capture::start,
                suite.apply::start,
                suite.apply::kill,
                suite.capture::kill,
                suite.apply::start,
                suite.capture::start));
    int each = CHANGES / (faults.size() + 1);
    try (Connection connection = mysql.connect()) {
      for (int i = 1; count(changes) < CHANGES; ) {
        for (SeededChanges of : changes) {
          of.transaction(connection);
        }
        if (i <= faults.size() && count(changes) >= i * each) {
          awaitEventsOf(suite, i);
          faults.get(i - 1).run();
          i++;
        }
      }
    }
  }

  private static int count(List<SeededChanges> changes) {
    return changes.stream().mapToInt(SeededChanges::count).sum();
  }

  /** The second pair of kills shall hit services that are at work again. */
  private static void awaitEventsOf(LockstepSuite suite, int fault) {
    if (fault == 5) {
      suite.capture.awaitReady();
      suite.apply.awaitReady();
    }
  }

  /** What a consumer of the data topic sees, as {@code op id change_no}. */
  private static List<String> seenBy(LockstepSuite suite, String database) {
    List<String> seen = new ArrayList<>();
    Map<Integer, Long> versions = new HashMap<>();
    CommittedEvents.read(
        suite.kafka(),
        database + "." + database + ".t",
        item -> {
          long version = EventHeaders.read(item.headers(), EventHeaders.VERSION);
          Long before = versions.put(item.partition(), version);
          assertThat(version).isGreaterThan(before == null ? 0 : before);
          if (item.value() != null) {
            describe(item, seen);
          }
        });
    return seen;
  }

  private static void describe(ConsumerRecord<byte[], byte[]> item, List<String> seen) {
    JsonNode event = JsonMapper.shared().readTree(item.value());
    String op = event.path("op").asString();
    if (!op.equals("r")) {
      JsonNode row = event.path(op.equals("d") ? "before" : "after");
      seen.add(op + " " + row.path("id").asInt() + " " + row.path("change_no").asLong());
    }
  }

  private static Map<String, Integer> counted(List<String> changes) {
    Map<String, Integer> counts = new TreeMap<>();
    changes.forEach(change -> counts.merge(change, 1, Integer::sum));
    return counts;
  }
}
