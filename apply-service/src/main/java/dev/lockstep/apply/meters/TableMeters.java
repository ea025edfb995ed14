package dev.lockstep.apply.meters;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What is counted of one table, or of all that a connector has when they are not told apart.
 * Thread-safe.
 */
public final class TableMeters {
  static final String PREFIX = "lockstep.apply.";

  /** Few, as each of them is a series of every table. */
  private static final Duration[] FRESHNESS =
      Stream.of(100, 250, 500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final InstantSource clock;
  private final AtomicInteger running;
  private final Set<String> topics = ConcurrentHashMap.newKeySet();
  private final List<Meter> meters = new ArrayList<>();
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Map<State, Counter> retries = new EnumMap<>(State.class);
  private final Counter read;
  private final Counter rows;
  private final Timer insert;
  private final DistributionSummary blockRows;
  private final DistributionSummary blockBytes;
  private final Timer freshness;

  /**
   * Registered.
   *
   * @param figures what is measured of its topics
   * @param running how many inserts are under way, of all tables
   */
  TableMeters(
      MeterRegistry registry,
      Tags tags,
      Figures figures,
      InstantSource clock,
      AtomicInteger running) {
    this.registry = registry;
    this.tags = tags;
    this.clock = clock;
    this.running = running;
    this.read =
        counter("read", "records", "Records taken, those read again included", Tags.empty());
    for (Outcome outcome : Outcome.values()) {
      Tags tag = Tags.of("outcome", outcome.word());
      outcomes.put(outcome, counter("records", "records", "What became of records", tag));
    }
    for (State state : List.of(State.RETRYING, State.FAILED)) {
      Tags tag = Tags.of("state", state.name().toLowerCase(Locale.ROOT));
      retries.put(
          state, counter("retries", "", "Faults, after each of which it is tried again", tag));
    }
    this.rows = counter("rows", "rows", "Rows inserted into ClickHouse", Tags.empty());
    this.insert = kept(timer("insert", "Inserts into ClickHouse").register(registry));
    this.blockRows = summary("block.rows", "rows", "Rows of a block, which are inserted at once");
    this.blockBytes = summary("block.bytes", "bytes", "Bytes of a block in memory");
    this.freshness =
        kept(
            timer("freshness", "From a commit in the source to visible, of a block's oldest change")
                .serviceLevelObjectives(FRESHNESS)
                .register(registry));
    gauge("lag.records", "records", "Records that wait", sum(figures::lagRecords));
    gauge(
        "lag.seconds",
        "seconds",
        "Since the oldest of them was published",
        most(figures::lagSeconds));
    gauge("parts", "parts", "Active parts of the target's fullest partition", most(figures::parts));
  }

  /** One of its topics. */
  void add(String topic) {
    topics.add(topic);
  }

  void remove(String topic) {
    topics.remove(topic);
  }

  /** Of those that are known. */
  private ToDoubleFunction<TableMeters> sum(ToDoubleFunction<String> figure) {
    return meters -> meters.known(figure).reduce(Double::sum).orElse(Double.NaN);
  }

  private ToDoubleFunction<TableMeters> most(ToDoubleFunction<String> figure) {
    return meters -> meters.known(figure).max().orElse(Double.NaN);
  }

  private DoubleStream known(ToDoubleFunction<String> figure) {
    return topics.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value));
  }

  private void gauge(
      String name, String unit, String description, ToDoubleFunction<TableMeters> value) {
    kept(
        Gauge.builder(PREFIX + name, this, value)
            .description(description)
            .baseUnit(unit)
            .tags(tags)
            .register(registry));
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }

  private Counter counter(String name, String unit, String description, Tags more) {
    return kept(
        Counter.builder(PREFIX + name)
            .description(description)
            .baseUnit(unit.isEmpty() ? null : unit)
            .tags(tags.and(more))
            .register(registry));
  }

  private Timer.Builder timer(String name, String description) {
    return Timer.builder(PREFIX + name).description(description).tags(tags);
  }

  private DistributionSummary summary(String name, String unit, String description) {
    return kept(
        DistributionSummary.builder(PREFIX + name)
            .description(description)
            .baseUnit(unit)
            .tags(tags)
            .register(registry));
  }

  /** Records were taken from the topic, maybe not for the first time. */
  public void read(int records) {
    read.increment(records);
  }

  /** Something became of records: what they were taken for is in the target or in quarantine. */
  public void settled(Tally tally) {
    outcomes.forEach((outcome, counter) -> counter.increment((double) outcome.of(tally)));
  }

  /** Nothing could be applied, and is tried again. */
  public void halted(State state) {
    Counter counter = retries.get(state);
    if (counter == null) {
      throw new IllegalArgumentException("A table that is halted is not " + state);
    }
    counter.increment();
  }

  /** Runs an insert; its time counts when it succeeds. */
  public void insert(Runnable statement) {
    running.incrementAndGet();
    try {
      long begin = System.nanoTime();
      statement.run();
      insert.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    } finally {
      running.decrementAndGet();
    }
  }

  /** Rows were inserted. */
  public void rows(int inserted) {
    rows.increment(inserted);
  }

  /**
   * A block is in the target.
   *
   * @param ofRows its rows
   * @param bytes the memory that it took
   * @param oldestMicros when the oldest of its changes was committed in the source, or 0
   */
  public void written(int ofRows, long bytes, long oldestMicros) {
    if (ofRows > 0) {
      blockRows.record(ofRows);
      blockBytes.record((double) bytes);
    }
    if (oldestMicros != 0) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      freshness.record(Math.max(0, now - oldestMicros), TimeUnit.MICROSECONDS);
    }
  }

  void unregister() {
    meters.forEach(registry::remove);
  }
}
