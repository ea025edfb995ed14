package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lockstep.capture.publish.TransactionalPublisher;
import dev.lockstep.capture.simulation.ModelKafka;
import dev.lockstep.capture.simulation.ModelSource;
import dev.lockstep.capture.simulation.Turns;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of random schedules of kills, zombies, lost answers, failovers of the source and
 * restarts, each by a seed. {@code -Dsimulation.seed} is the first one, {@code
 * -Dsimulation.schedules} how many follow each other: a failure names the seed to repeat it with.
 */
@Tag("capture")
class ExactlyOnceSimulationTest {
  private static final long FIRST_SEED = firstSeed();
  private static final int SCHEDULES = Integer.getInteger("lockstep.simulation.schedules", 2_000);

  /** Tells of each abort that fails, of which there are thousands. */
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(TransactionalPublisher.class);

  private static long firstSeed() {
    String given = System.getProperty("lockstep.simulation.seed", "1");
    return given.equals("random") ? System.nanoTime() : Long.parseLong(given);
  }

  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.ERROR);
  }

  @AfterAll
  static void restore() {
    LOG.setLevel(null);
  }

  @Test
  void whateverIsKilledEachChangeIsCommittedOnceInOrderWithItsSchemaAndOffset() {
    Disturbances all =
        LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES)
            .mapToObj(ExactlyOnceSimulationTest::run)
            .reduce(new Disturbances(0, 0), Disturbances::and);
    assertThat(all.kills).as("kills").isGreaterThanOrEqualTo(SCHEDULES / 2);
    assertThat(all.zombies).as("zombies").isGreaterThanOrEqualTo(SCHEDULES / 2);
  }

  private record Disturbances(int kills, int zombies) {
    Disturbances and(Disturbances others) {
      return new Disturbances(kills + others.kills, zombies + others.zombies);
    }
  }

  private static Disturbances run(long seed) {
    var schedule = new Schedule(seed);
    try {
      schedule.run();
      return new Disturbances(schedule.kills, schedule.zombies);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "Repeat with -Dsimulation.schedules=1 -Dsimulation.seed=" + seed + ": " + e.getMessage(),
          e);
    } finally {
      schedule.close();
    }
  }

  /** One of them. */
  private static final class Schedule {
    private final KafkaSettings settings =
        new KafkaSettings("model:9092", "simulated", (short) 1, Map.of());
    private final Random dice;
    private final ModelKafka kafka;
    private final Turns turns;
    private final Map<String, ModelSource> sources = new TreeMap<>();
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final List<Turns.Actor> actors = new ArrayList<>();
    private final double faults;
    private long now = 1_800_000_000_000_000L;
    private int kills;
    private int zombies;

    Schedule(long seed) {
      this.dice = new Random(seed);
      this.kafka = new ModelKafka(dice, dice.nextBoolean() ? 0.3 : 0);
      this.turns = new Turns(dice, List.of(0.01, 0.03, 0.1).get(dice.nextInt(3)));
      this.faults = List.of(0.01, 0.05, 0.2).get(dice.nextInt(3));
      kafka.create(settings.topics().offsets(), 1);
      kafka.create(settings.topics().schemas(), 1);
      for (String connector : List.of("one", "two")) {
        sources.put(connector, ModelSource.of(connector, 8 + dice.nextInt(20), dice));
      }
    }

    void run() {
      var first = replica(faults);
      sources.forEach((connector, source) -> actors.add(first.run(connector, source)));
      for (int disturbances = 2 + dice.nextInt(8); disturbances > 0; ) {
        if (!letOneRun() || dice.nextInt(4) == 0) {
          disturb();
          disturbances--;
        }
      }
      letAllRun(faults);
      letAllRun(0);
      kafka.deliver();
      new CommittedLog(kafka, settings.topics()).verify(sources);
    }

    /** On a new replica, beside whatever runs still. */
    private void letAllRun(double faultsOfIts) {
      var replica = replica(faultsOfIts);
      sources.forEach((connector, source) -> actors.add(replica.run(connector, source)));
      while (letOneRun()) {
        if (dice.nextInt(10) == 0) {
          kafka.deliver();
        }
      }
    }

    /** False when none is left. */
    private boolean letOneRun() {
      actors.removeIf(Turns.Actor::isEnded);
      if (actors.isEmpty()) {
        return false;
      }
      actors.get(dice.nextInt(actors.size())).run();
      return true;
    }

    private void disturb() {
      switch (dice.nextInt(4)) {
        case 0 -> killOne();
        case 1 -> kafka.deliver();
        default -> giveAway();
      }
    }

    private void killOne() {
      SimulatedReplica replica = replicas.get(dice.nextInt(replicas.size()));
      if (!replica.isDead()) {
        replica.kill();
        kills++;
      }
    }

    /** A connector is given to another replica; who had it goes on, for nobody told it yet. */
    private void giveAway() {
      String connector = List.copyOf(sources.keySet()).get(dice.nextInt(sources.size()));
      List<SimulatedReplica> alive = replicas.stream().filter(r -> !r.isDead()).toList();
      boolean another = alive.isEmpty() || dice.nextInt(3) == 0;
      SimulatedReplica replica = another ? replica(faults) : alive.get(dice.nextInt(alive.size()));
      zombies += actors.isEmpty() ? 0 : 1;
      actors.add(replica.run(connector, sources.get(connector)));
    }

    /** The clocks of no two machines agree. */
    private SimulatedReplica replica(double faultsOfIts) {
      long skew = dice.nextInt(5_000);
      InstantSource clock = () -> Instant.EPOCH.plus(now++ + skew, ChronoUnit.MICROS);
      var replica = new SimulatedReplica(settings, kafka, turns, dice, clock, faultsOfIts);
      replicas.add(replica);
      return replica;
    }

    void close() {
      replicas.stream().filter(r -> !r.isDead()).forEach(SimulatedReplica::kill);
    }
  }
}
