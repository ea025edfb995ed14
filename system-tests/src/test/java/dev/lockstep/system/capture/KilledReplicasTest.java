package dev.lockstep.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.ServiceProcess;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two replicas of capture-service, three connectors, a steady write load, and a kill every ten
 * seconds. {@code -Dchaos.seconds} says for how long, {@code -Dchaos.seed} repeats the order of
 * changes and kills of an earlier run.
 */
@Tag("capture")
@ExtendWith(Servers.class)
class KilledReplicasTest {
  private static final Duration LASTS =
      Duration.ofSeconds(Long.parseLong(System.getProperty("lockstep.chaos.seconds", "60")));
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRANSACTIONS = Duration.ofMillis(150);

  private final CountDownLatch never = new CountDownLatch(1);
  private int kills;

  @Test
  void whicheverReplicaIsKilledEachChangeIsPublishedOnceAndTheTargetEqualsTheSource(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    long seed = seed();
    System.out.println("KilledReplicasTest: -Dchaos.seed=" + seed + " for " + LASTS);
    var random = new Random(seed);
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("chaos", kafka, clickHouse).start()) {
      var replicas = List.of(suite.capture, suite.anotherCapture());
      replicas.getLast().start();
      replicas.getLast().awaitReady();
      List<SeededChanges> changes =
          Stream.of("chaos1", "chaos2", "chaos3")
              .map(database -> new SeededChanges(database + ".t", random.nextLong()))
              .toList();
      for (SeededChanges of : changes) {
        ChangedTable.begin(mysql, suite, both, of.database());
      }
      loadWithKills(mysql, changes, replicas, random);
      for (ServiceProcess replica : replicas) {
        replica.awaitReady();
      }
      for (SeededChanges of : changes) {
        ChangedTable.awaitEqual(both, of.database());
        PublishedChanges.of(suite, of.database()).assertOnceAndInOrder(of);
        System.out.println(of.database() + ": " + of.count() + " changes, each published once");
      }
    }
    assertThat(kills).isGreaterThanOrEqualTo((int) LASTS.dividedBy(BETWEEN_KILLS) - 1);
  }

  private static long seed() {
    String given = System.getProperty("lockstep.chaos.seed", "random");
    return given.equals("random") ? System.nanoTime() : Long.parseLong(given);
  }

  private void loadWithKills(
      MySqlServer mysql, List<SeededChanges> changes, List<ServiceProcess> replicas, Random random)
      throws Exception {
    long start = System.nanoTime();
    long nextKill = start + BETWEEN_KILLS.toNanos();
    try (Connection connection = mysql.connect()) {
      for (int i = 0; System.nanoTime() - start < LASTS.toNanos(); i++) {
        changes.get(i % changes.size()).transaction(connection);
        if (System.nanoTime() >= nextKill) {
          killOne(replicas, random);
          nextKill += BETWEEN_KILLS.toNanos();
        }
        boolean _ = never.await(BETWEEN_TRANSACTIONS.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** It is started again at once, as whatever keeps a service up does. */
  private void killOne(List<ServiceProcess> replicas, Random random) {
    ServiceProcess replica = replicas.get(random.nextInt(replicas.size()));
    replica.kill();
    kills++;
    replica.start();
  }
}
