package dev.lockstep.apply.parts;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.TableName;
import dev.lockstep.apply.errors.ApplyFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active parts of the tables that this replica writes: looked at by one thread at a time, asked
 * for by any. Where they become more all the time, ClickHouse refuses inserts in the end.
 */
public final class TargetParts {
  private static final Logger log = LoggerFactory.getLogger(TargetParts.class);
  private static final Duration LIMITS_AGE = Duration.ofMinutes(1);
  private static final double MANY = 0.5;
  private static final double FEW = 0.25;

  private final PartsCatalog catalog;
  private final InstantSource clock;
  private final Map<String, Set<TableName>> byTopic = new ConcurrentHashMap<>();
  private final Map<TableName, Long> limits = new HashMap<>();
  private final Set<TableName> crowded = new HashSet<>();
  private Instant limitsAt = Instant.EPOCH;
  private volatile Map<TableName, Parts> seen = Map.of();
  private volatile boolean current;

  /**
   * What was seen of a table.
   *
   * @param count the most active parts that a partition has
   * @param limit with how many ClickHouse brakes inserts, or 0 where that is not known
   */
  private record Parts(long count, long limit) {
    double share() {
      return limit == 0 ? 0 : (double) count / limit;
    }
  }

  /** Nothing is seen yet. */
  public TargetParts(ClickHouse clickHouse, InstantSource clock) {
    this.catalog = new PartsCatalog(clickHouse);
    this.clock = clock;
  }

  /** Rows of a topic go into this table. */
  public void written(String topic, TableName table) {
    Set<TableName> known = byTopic.get(topic);
    if (known == null || !known.contains(table)) {
      byTopic.computeIfAbsent(topic, t -> ConcurrentHashMap.newKeySet()).add(table);
    }
  }

  /** The most active parts that a partition of a topic's tables has; NaN while it is not known. */
  public double count(String topic) {
    return current ? of(topic).mapToDouble(Parts::count).max().orElse(Double.NaN) : Double.NaN;
  }

  /**
   * How much that was, when it could be seen last, of what ClickHouse takes without braking: 1
   * where it begins to brake, 0 while it was not seen yet.
   */
  public double share(String topic) {
    return of(topic).mapToDouble(Parts::share).max().orElse(0);
  }

  private Stream<Parts> of(String topic) {
    Map<TableName, Parts> now = seen;
    return byTopic.getOrDefault(topic, Set.of()).stream()
        .flatMap(table -> Stream.ofNullable(now.get(table)));
  }

  /** Forgets topics other than these. */
  public void keep(Set<String> topics) {
    byTopic.keySet().retainAll(topics);
  }

  /** Looks at all tables; empty, or why they can't be looked at. */
  public Optional<String> look() {
    Set<TableName> tables =
        byTopic.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    try {
      askLimits(tables);
      Map<TableName, Long> counts = catalog.parts(tables);
      seen =
          tables.stream()
              .collect(
                  Collectors.toMap(
                      table -> table,
                      table ->
                          new Parts(
                              counts.getOrDefault(table, 0L), limits.getOrDefault(table, 0L))));
      seen.forEach(this::tell);
      crowded.retainAll(tables);
      current = true;
      return Optional.empty();
    } catch (ApplyFault e) {
      current = false;
      return Optional.of(e.reason());
    }
  }

  /** Of tables that are new; now and then of all, as they may be altered. */
  private void askLimits(Set<TableName> tables) {
    Instant now = clock.instant();
    if (limitsAt.plus(LIMITS_AGE).isBefore(now)) {
      limits.clear();
      limitsAt = now;
    }
    Set<TableName> unknown = new HashSet<>(tables);
    unknown.removeAll(limits.keySet());
    limits.putAll(catalog.limits(unknown));
  }

  private void tell(TableName table, Parts parts) {
    if (parts.share() >= MANY && crowded.add(table)) {
      log.atWarn()
          .addKeyValue("table", table)
          .addKeyValue("parts", parts.count())
          .addKeyValue("limit", parts.limit())
          .log("ClickHouse merges too slowly; rows of this table are inserted less often");
    } else if (parts.share() < FEW && crowded.remove(table)) {
      log.atInfo()
          .addKeyValue("table", table)
          .addKeyValue("parts", parts.count())
          .log("The parts of this table are merged");
    }
  }
}
