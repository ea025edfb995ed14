package dev.lockstep.apply.meters;

import dev.lockstep.apply.schemas.SourceTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The meters {@code lockstep.apply.*}: of each table of which this replica has partitions, there
 * from its first use until the replica has none any more, and of the replica. Thread-safe.
 */
public final class ApplyMeters {
  private static final String CONNECTOR = "connector";
  private static final String TABLE = "table";
  private static final String UNKNOWN = "unknown";

  private final MeterRegistry registry;
  private final Function<String, Optional<SourceTable>> tables;
  private final boolean byTable;
  private final Figures figures;
  private final InstantSource clock;
  private final AtomicInteger running = new AtomicInteger();
  private final Map<String, Entry> byTopic = new ConcurrentHashMap<>();
  private final Map<Tags, TableMeters> byTags = new HashMap<>();

  private record Entry(Tags tags, TableMeters meters) {}

  /**
   * In this registry.
   *
   * @param tables the table whose rows a topic has
   * @param byTable whether tables are told apart, or only connectors
   * @param figures what is measured of topics
   */
  public ApplyMeters(
      MeterRegistry registry,
      Function<String, Optional<SourceTable>> tables,
      boolean byTable,
      Figures figures,
      InstantSource clock) {
    this.registry = registry;
    this.tables = tables;
    this.byTable = byTable;
    this.figures = figures;
    this.clock = clock;
    Gauge.builder(TableMeters.PREFIX + "running.inserts", running, AtomicInteger::get)
        .description("Inserts under way")
        .baseUnit("inserts")
        .register(registry);
  }

  /** Shows the memory that records and rows on their way take, and may take, in bytes. */
  public <T> void buffer(T buffer, ToDoubleFunction<T> used, ToDoubleFunction<T> capacity) {
    bytes("buffer.bytes", "Memory that records and rows on their way take", buffer, used);
    bytes("buffer.capacity.bytes", "Memory that they may take", buffer, capacity);
  }

  private <T> void bytes(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(TableMeters.PREFIX + name, of, value)
        .description(description)
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
  }

  /** The meters of a topic's table, made at the first call. */
  public TableMeters of(String topic) {
    Entry known = byTopic.get(topic);
    return known == null ? enter(topic) : known.meters();
  }

  private synchronized TableMeters enter(String topic) {
    Tags tags = tags(topic);
    TableMeters meters =
        byTags.computeIfAbsent(tags, t -> new TableMeters(registry, t, figures, clock, running));
    meters.add(topic);
    byTopic.put(topic, new Entry(tags, meters));
    return meters;
  }

  private Tags tags(String topic) {
    Optional<SourceTable> table = tables.apply(topic);
    Tags connector = Tags.of(CONNECTOR, table.map(SourceTable::connector).orElse(UNKNOWN));
    return byTable
        ? connector.and(TABLE, table.map(SourceTable::displayName).orElse(topic))
        : connector;
  }

  /**
   * Has the meters of these topics, by the tables that they are of now, and forgets those of all
   * others. To be called often.
   */
  public synchronized void keep(Set<String> topics) {
    byTopic.entrySet().removeIf(entry -> leaves(entry.getKey(), entry.getValue(), topics));
    topics.forEach(this::of);
    Set<Tags> used = new HashSet<>();
    byTopic.values().forEach(entry -> used.add(entry.tags()));
    byTags
        .entrySet()
        .removeIf(
            entry -> {
              boolean left = !used.contains(entry.getKey());
              if (left) {
                entry.getValue().unregister();
              }
              return left;
            });
  }

  private boolean leaves(String topic, Entry entry, Set<String> owned) {
    if (owned.contains(topic) && tags(topic).equals(entry.tags())) {
      return false;
    }
    entry.meters().remove(topic);
    return true;
  }
}
