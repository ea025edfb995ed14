package dev.lockstep.admin.tables;

import dev.lockstep.admin.mappings.PublishedMappings;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
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
 * @param recordsRead records taken from the topic
 * @param rowsApplied rows inserted into the target
 * @param rowsSuperseded rows that gave way to a newer one of their key before they were inserted
 * @param recordsQuarantined records that stand in the dead letters topic
 * @param recordsDropped records that change nothing
 * @param lastSourceTime the latest commit in the source that was applied
 * @param lastAppliedAt when the last event became visible in the target
 * @param freshnessSeconds how long the event applied last took from source to target
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
    @Schema(description = "The latest report of apply-service about it") Instant reportedAt,
    List<Partition> partitions) {

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

  /**
   * One partition of the data topic.
   *
   * @param partition its number
   * @param state what it is doing
   * @param reason why it is in that state and the way out
   * @param owner the replica of apply-service
   * @param recordsRead records taken
   * @param rowsApplied rows inserted
   * @param rowsSuperseded rows that gave way to a newer one of their key
   * @param recordsQuarantined records that stand in the dead letters topic
   * @param recordsDropped records that change nothing
   * @param nextOffset the offset of the next record to apply
   * @param lastVersion the version of the last event applied, or 0
   * @param lastSourceTime when that was committed in the source
   * @param lastAppliedAt when it became visible in the target
   * @param reportedAt when this was reported
   */
  @Schema(name = "TablePartition", description = "One partition of the data topic")
  record Partition(
      int partition,
      State state,
      @Nullable String reason,
      @Schema(description = "The replica of apply-service", example = "10.0.0.8:8082") String owner,
      long recordsRead,
      long rowsApplied,
      long rowsSuperseded,
      @Schema(
              description =
                  "Records that could never be applied; the dead letters topic holds each with its"
                      + " reason")
          long recordsQuarantined,
      long recordsDropped,
      @Schema(description = "The offset of the next record to apply") long nextOffset,
      @Schema(description = "The version of the last event applied, or 0") long lastVersion,
      @Nullable Instant lastSourceTime,
      @Nullable Instant lastAppliedAt,
      Instant reportedAt) {
    static Partition of(TablePartitionStatus status) {
      return new Partition(
          status.partition(),
          status.state(),
          status.reason(),
          status.owner(),
          status.recordsRead(),
          status.rowsApplied(),
          status.rowsSuperseded(),
          status.recordsQuarantined(),
          status.recordsDropped(),
          status.nextOffset(),
          status.lastVersion(),
          status.lastSourceTime(),
          status.lastAppliedAt(),
          status.at());
    }
  }

  /** Sums the partitions of one table; there is at least one. */
  static TableProgress of(List<TablePartitionStatus> reported, PublishedMappings mappings) {
    List<TablePartitionStatus> partitions =
        reported.stream()
            .sorted(
                Comparator.comparing(TablePartitionStatus::topic)
                    .thenComparingInt(TablePartitionStatus::partition))
            .toList();
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
        sum(partitions, TablePartitionStatus::recordsRead),
        sum(partitions, TablePartitionStatus::rowsApplied),
        sum(partitions, TablePartitionStatus::rowsSuperseded),
        sum(partitions, TablePartitionStatus::recordsQuarantined),
        sum(partitions, TablePartitionStatus::recordsDropped),
        latest(partitions, TablePartitionStatus::lastSourceTime),
        latest(partitions, TablePartitionStatus::lastAppliedAt),
        freshness(partitions),
        Objects.requireNonNull(latest(partitions, TablePartitionStatus::at)),
        partitions.stream().map(Partition::of).toList());
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
