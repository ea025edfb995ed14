package dev.lockstep.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.ServiceProcess;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
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
 * seconds for {@code -Dchaos.seconds}: of either replica, whatever it does ({@code -Dchaos.strict},
 * the long profile), else of one that is at work, as soon after that as changes flow again. {@code
 * -Dchaos.seed} repeats the order of changes and kills of an earlier run.
 */
@Tag("capture")
@ExtendWith(Servers.class)
class KilledReplicasTest {
  private static final Duration LASTS =
      Duration.ofSeconds(Long.parseLong(System.getProperty("lockstep.chaos.seconds", "60")));
  private static final boolean STRICT = Boolean.getBoolean("lockstep.chaos.strict");
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);

  /** Within this a replica is at work again, and what waited is published. */
  private static final Duration WORK_LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));

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
      if (STRICT) {
        killByTheClock(mysql, changes, replicas, random);
      } else {
        killWhatIsAtWork(mysql, suite, changes, replicas, random);
      }
      for (ServiceProcess replica : replicas) {
        replica.awaitReady();
      }
      for (SeededChanges of : changes) {
        ChangedTable.awaitEqual(both, of.database());
        PublishedChanges.of(suite, of.database()).assertOnceAndInOrder(of);
        System.out.println(of.database() + ": " + of.count() + " changes, each published once");
      }
    }
    assertThat(kills).isGreaterThanOrEqualTo(planned());
  }

  private static long seed() {
    String given = System.getProperty("lockstep.chaos.seed", "random");
    return given.equals("random") ? System.nanoTime() : Long.parseLong(given);
  }

  private static int planned() {
    return Math.max(1, (int) LASTS.dividedBy(BETWEEN_KILLS) - 1);
  }

  /** Some hit a replica that still starts, or that has just been given a connector. */
  private void killByTheClock(
      MySqlServer mysql, List<SeededChanges> changes, List<ServiceProcess> replicas, Random random)
      throws Exception {
    long start = System.nanoTime();
    int atWork = 0;
    try (Connection connection = mysql.connect()) {
      for (int i = 0; System.nanoTime() - start < LASTS.toNanos(); i++) {
        changes.get(i % changes.size()).transaction(connection);
        if (System.nanoTime() - start >= BETWEEN_KILLS.multipliedBy(kills + 1L).toNanos()) {
          ServiceProcess replica = replicas.get(random.nextInt(replicas.size()));
          atWork += replica.runsAConnector() ? 1 : 0;
          kill(replica);
        }
        boolean _ = never.await(BETWEEN_TRANSACTIONS.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    System.out.println(kills + " kills, " + atWork + " of a replica that ran a connector");
    assertThat(atWork).isPositive();
  }

  /**
   * Each kill hits a replica that is at work, after changes were published since the last one: what
   * still starts, or owns nothing, would prove nothing.
   */
  private void killWhatIsAtWork(
      MySqlServer mysql,
      LockstepSuite suite,
      List<SeededChanges> changes,
      List<ServiceProcess> replicas,
      Random random)
      throws Exception {
    long lastKill = System.nanoTime();
    long published = published(suite, changes);
    try (Connection connection = mysql.connect()) {
      for (int i = 0; kills < planned(); i++) {
        changes.get(i % changes.size()).transaction(connection);
        long since = System.nanoTime() - lastKill;
        if (since >= BETWEEN_KILLS.toNanos()) {
          List<ServiceProcess> atWork = atWork(replicas);
          long now = published(suite, changes);
          if (!atWork.isEmpty() && now > published) {
            kill(atWork.get(random.nextInt(atWork.size())));
            published = published(suite, changes);
            lastKill = System.nanoTime();
          } else {
            assertThat(Duration.ofNanos(since))
                .as(
                    "%d replicas run a connector; published: %d, then %d",
                    atWork.size(), published, now)
                .isLessThan(WORK_LIMIT);
          }
        }
        boolean _ = never.await(BETWEEN_TRANSACTIONS.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private static List<ServiceProcess> atWork(List<ServiceProcess> replicas)
      throws InterruptedException {
    List<ServiceProcess> atWork = new ArrayList<>();
    for (ServiceProcess replica : replicas) {
      if (replica.runsAConnector()) {
        atWork.add(replica);
      }
    }
    return atWork;
  }

  private static long published(LockstepSuite suite, List<SeededChanges> changes) {
    return changes.stream()
        .map(SeededChanges::database)
        .mapToLong(name -> CommittedEvents.end(suite.kafka(), name + "." + name + ".t"))
        .sum();
  }

  /** It is started again at once, as whatever keeps a service up does. */
  private void kill(ServiceProcess replica) {
    replica.kill();
    kills++;
    replica.start();
  }
}
