package dev.lockstep.system.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

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
    both.source(
        "CREATE DATABASE killed",
        "CREATE TABLE killed.t (id INT PRIMARY KEY, change_no BIGINT NOT NULL, payload VARCHAR(200))",
        "INSERT INTO killed.t VALUES (0, 0, 'snapshot')");
    try (var suite = new LockstepSuite("killed", kafka, clickHouse).start()) {
      Map<String, String> config = new HashMap<>(ConnectApi.tutorial(mysql, "killed1", "killed"));
      config.put("topic.creation.default.partitions", "3");
      assertThat(suite.connect().post("killed", config).statusCode()).isEqualTo(201);
      both.awaitEqual("SELECT id FROM killed.t", "SELECT id FROM killed.t FINAL", LIMIT);

      var changes = new SeededChanges("killed.t", 20261122);
      loadWithKills(mysql, suite, changes);

      both.awaitEqual(
          "SELECT id, change_no, payload FROM killed.t ORDER BY id",
          "SELECT id, change_no, payload FROM killed.t FINAL ORDER BY id",
          LIMIT);
      List<String> seen = seenBy(suite);
      assertThat(seen).hasSize(changes.count());
      assertThat(counted(seen)).isEqualTo(counted(changes.done()));
    }
  }

  private static void loadWithKills(MySqlServer mysql, LockstepSuite suite, SeededChanges changes)
      throws Exception {
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
      for (int i = 1; changes.count() < CHANGES; ) {
        changes.transaction(connection);
        if (i <= faults.size() && changes.count() >= i * each) {
          awaitEventsOf(suite, i);
          faults.get(i - 1).run();
          i++;
        }
      }
    }
  }

  /** The second pair of kills shall hit services that are at work again. */
  private static void awaitEventsOf(LockstepSuite suite, int fault) {
    if (fault == 5) {
      suite.capture.awaitReady();
      suite.apply.awaitReady();
    }
  }

  /**
   * What a consumer of the data topic sees, as {@code op id change_no}; versions rise per
   * partition.
   */
  private static List<String> seenBy(LockstepSuite suite) {
    List<String> seen = new ArrayList<>();
    CommittedEvents.read(
        suite.kafka(),
        "killed1.killed.t",
        item -> {
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
