package dev.lockstep.admin.tables;

import dev.lockstep.admin.mappings.PublishedMappings;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far one table has got: its partitions summed.
 *
 * @param connector the connector that captures it
 * @param source the table in the source
 * @param target the table in the target, or null while it is not known
 * @param mapping the mapping that applies to it, or null when none does
 * @param topic the data topic
 * @param state the worst state of its partitions
 * @param reason why it is in that state and the way out
 * @param haltedSince when the first of its partitions began to wait or failed
 * @param recordsRead records taken from the topic
 * @param rowsApplied rows inserted into the target
 * @param rowsSuperseded rows that gave way to a newer one of their key before they were inserted
 * @param recordsQuarantined records that stand in the dead letters topic
 * @param recordsDropped records that change nothing
 * @param lastSourceTime the latest commit in the source that was applied
 * @param lastAppliedAt when the last event became visible in the target
 * @param freshnessSeconds how long the event applied last took from source to target
 * @param lagRecords records that wait in the topic
 * @param lagSeconds how long the oldest of them has waited
 * @param recordsPerSecond records dealt with per second
 * @param reportedAt the latest report
 * @param partitions the partitions by number
 */
@Schema(description = "How far one table has got; its partitions summed")
record TableProgress(
    @Schema(example = "inventory-connector") String connector,
    TableName source,
    @Schema(description = "null while the target table is not known") @Nullable TableName target,
    @Schema(
            description =
                "The mapping that applies to it; null when none does and the defaults apply",
            example = "inventory")
        @Nullable String mapping,
    @Schema(example = "dbserver1.inventory.customers") String topic,
    @Schema(description = "The worst state of its partitions") State state,
    @Schema(description = "Why it waits or failed, and the way out; null when all is well")
        @Nullable String reason,
    @Schema(
            description =
                "Since when it waits or has failed: the first of the tries that have failed in a row."
                    + " null when all is well")
        @Nullable Instant haltedSince,
    @Schema(description = "Records taken from the topic, since its first") long recordsRead,
    @Schema(description = "Rows inserted into the target, since the topic's first record")
        long rowsApplied,
    @Schema(
            description =
                "Rows that gave way to a newer one of their key before they were inserted. Records"
                    + " read are rows applied, rows superseded, records quarantined and records"
                    + " dropped together")
        long rowsSuperseded,
    @Schema(
            description =
                "Records that could never be applied, since the topic's first; the dead letters topic"
                    + " holds each with its reason")
        long recordsQuarantined,
    @Schema(
            description =
                "Records that change nothing: tombstones, what a reset has made void, what a mapping"
                    + " leaves out, events that are no rows")
        long recordsDropped,
    @Schema(description = "The latest commit in the source that was applied; null before the first")
        @Nullable Instant lastSourceTime,
    @Schema(description = "When the last event became visible in the target; null before the first")
        @Nullable Instant lastAppliedAt,
    @Schema(
            description =
                "Seconds from the commit in the source to visible in the target, of the event that"
                    + " was applied last; never negative. It stays as it is while nothing changes in"
                    + " the source. MySQL's commit times are as exact as its binlog's, and clocks"
                    + " that differ show here. null before the first event",
            example = "0.184")
        @Nullable Double freshnessSeconds,
    @Schema(
            description =
                "Records that wait in the topic, as measured every two seconds. They are counted by"
                    + " offsets, of which each transaction takes one for itself. null while it is not"
                    + " known",
            example = "120")
        @Nullable Long lagRecords,
    @Schema(
            description =
                "Seconds since the oldest record that waits was published to Kafka; 0 when none waits,"
                    + " null while it is not known",
            example = "0.35")
        @Nullable Double lagSeconds,
    @Schema(
            description =
                "Records dealt with per second, whatever became of them, over ten seconds; null while"
                    + " it is not known",
            example = "1250.5")
        @Nullable Double recordsPerSecond,
    @Schema(description = "The latest report of apply-service about it") Instant reportedAt,
    List<PartitionProgress> partitions) {

  /**
   * A table's name.
   *
   * @param database its database
   * @param table its name there
   */
  record TableName(
      @Schema(example = "inventory") String database, @Schema(example = "customers") String table) {
    static @Nullable TableName ofNullable(@Nullable String database, @Nullable String table) {
      return database == null || table == null ? null : new TableName(database, table);
    }
  }

  /** Sums the partitions of one table; there is at least one. */
  static TableProgress of(
      List<TablePartitionStatus> reported, PublishedMappings mappings, Instant now) {
    List<TablePartitionStatus> partitions =
        reported.stream()
            .sorted(
                Comparator.comparing(TablePartitionStatus::topic)
                    .thenComparingInt(TablePartitionStatus::partition))
            .toList();
    List<PartitionProgress> progress =
        partitions.stream().map(partition -> PartitionProgress.of(partition, now)).toList();
    TablePartitionStatus first = partitions.getFirst();
    TablePartitionStatus worst =
        partitions.stream().max(Comparator.comparing(TablePartitionStatus::state)).orElse(first);
    return new TableProgress(
        first.connector(),
        new TableName(first.sourceDatabase(), first.sourceTable()),
        target(partitions),
        mappings.nameFor(first.sourceDatabase(), first.sourceTable()).orElse(null),
        first.topic(),
        worst.state(),
        worst.reason(),
        earliest(partitions, TablePartitionStatus::haltedSince),
        sum(partitions, TablePartitionStatus::recordsRead),
        sum(partitions, TablePartitionStatus::rowsApplied),
        sum(partitions, TablePartitionStatus::rowsSuperseded),
        sum(partitions, TablePartitionStatus::recordsQuarantined),
        sum(partitions, TablePartitionStatus::recordsDropped),
        latest(partitions, TablePartitionStatus::lastSourceTime),
        latest(partitions, TablePartitionStatus::lastAppliedAt),
        freshness(partitions),
        known(progress, PartitionProgress::lagRecords)
            .map(lags -> lags.stream().mapToLong(Long::longValue).sum())
            .orElse(null),
        known(progress, PartitionProgress::lagSeconds).map(Collections::max).orElse(null),
        known(progress, PartitionProgress::recordsPerSecond)
            .map(rates -> rates.stream().mapToDouble(Double::doubleValue).sum())
            .orElse(null),
        Objects.requireNonNull(latest(partitions, TablePartitionStatus::at)),
        progress);
  }

  private static long sum(
      List<TablePartitionStatus> partitions, ToLongFunction<TablePartitionStatus> count) {
    return partitions.stream().mapToLong(count).sum();
  }

  private static @Nullable TableName target(List<TablePartitionStatus> partitions) {
    return partitions.stream()
        .map(status -> TableName.ofNullable(status.targetDatabase(), status.targetTable()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant latest(
      List<TablePartitionStatus> partitions,
      Function<TablePartitionStatus, @Nullable Instant> time) {
    Instant latest = null;
    for (TablePartitionStatus status : partitions) {
      Instant instant = time.apply(status);
      if (instant != null && (latest == null || instant.isAfter(latest))) {
        latest = instant;
      }
    }
    return latest;
  }

  private static @Nullable Instant earliest(
      List<TablePartitionStatus> partitions,
      Function<TablePartitionStatus, @Nullable Instant> time) {
    return partitions.stream()
        .flatMap(status -> Stream.ofNullable(time.apply(status)))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Empty unless it is known of all of them. */
  private static <T> Optional<List<T>> known(
      List<PartitionProgress> partitions, Function<PartitionProgress, @Nullable T> figure) {
    List<T> known =
        partitions.stream().flatMap(part -> Stream.ofNullable(figure.apply(part))).toList();
    return known.size() == partitions.size() ? Optional.of(known) : Optional.empty();
  }

  private static @Nullable Double freshness(List<TablePartitionStatus> partitions) {
    Instant last = latest(partitions, TablePartitionStatus::lastAppliedAt);
    for (TablePartitionStatus status : partitions) {
      Instant committed = status.lastSourceTime();
      if (last != null && last.equals(status.lastAppliedAt()) && committed != null) {
        return Math.max(0, Duration.between(committed, last).toMillis()) / 1000.0;
      }
    }
    return null;
  }
}
