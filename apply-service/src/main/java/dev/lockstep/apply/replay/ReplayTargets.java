package dev.lockstep.apply.replay;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.apply.tables.NewTables;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.apply.write.Destination;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TargetName;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Where the rows of one replay go. */
final class ReplayTargets implements Destination {
  private static final int ID_LENGTH = 8;

  private final ReplayRequest request;
  private final ControlState control;
  private final TargetTables tables;
  private final NewTables newTables;
  private final String shortId;
  private String suffix;
  private List<TableMapping> begunWith = List.of();
  private boolean exchanged;

  ReplayTargets(
      ReplayRequest request, ControlState control, TargetTables tables, ClickHouse clickHouse) {
    this.request = request;
    this.control = control;
    this.tables = tables;
    this.newTables = new NewTables(clickHouse);
    this.shortId = request.id().substring(0, Math.min(ID_LENGTH, request.id().length()));
    this.suffix = shortId;
  }

  private boolean isNew() {
    return request.into() == Into.NEW_TABLE;
  }

  /**
   * From now on rows go into new tables, where these are asked for. They are made here, so that one
   * that is gone later is missed, and by names of their own, so that a try elsewhere never has
   * them.
   */
  void begin(TableSchema newest) {
    exchanged = false;
    begunWith = meant();
    suffix = shortId + "_" + Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 40);
    if (isNew()) {
      TableSchema schema = control.connectors().withTrueKey(newest);
      begunWith.forEach(mapping -> tables.prepare(schema, beside(mapping), 0));
    }
  }

  /** Whether the mappings are those that it began with. */
  boolean isAsBegun() {
    return begunWith.equals(meant());
  }

  private boolean isOfTable(TableSchema schema) {
    return schema.database().equals(request.database()) && schema.table().equals(request.table());
  }

  @Override
  public List<TableMapping> of(TableSchema schema, Mappings mappings) {
    return isOfTable(schema)
        ? isNew() && !exchanged ? begunWith.stream().map(this::beside).toList() : meant(mappings)
        : List.of();
  }

  private List<TableMapping> meant(Mappings mappings) {
    return mappings.of(request.database(), request.table()).stream()
        .filter(mapping -> request.mode() == null || mapping.keeps() == request.mode())
        .toList();
  }

  private List<TableMapping> meant() {
    return meant(control.mappings());
  }

  private TargetName live(TableMapping mapping) {
    return mapping.targetOf(request.database(), request.table());
  }

  private TableMapping beside(TableMapping mapping) {
    return mapping.into(NewTables.beside(live(mapping), suffix));
  }

  /** Whether there is a target table that is meant. */
  boolean isAny() {
    return !meant().isEmpty();
  }

  /** Drops what is beside the target tables. */
  void dropNew() {
    if (isNew()) {
      Stream.concat(begunWith.stream(), meant().stream())
          .map(this::live)
          .distinct()
          .forEach(target -> newTables.dropLeft(target, shortId));
    }
  }

  /** The new tables take their places, and rows go there from now on. */
  void exchange(TableSchema newest) {
    TableSchema schema = control.connectors().withTrueKey(newest);
    for (TableMapping mapping : begunWith) {
      PreparedTable filled = tables.plan(schema, beside(mapping));
      newTables.exchange(tables.plan(schema, mapping), filled);
    }
    exchanged = true;
  }

  /** Views are as the new tables are, and rows that a reset made void meanwhile are gone. */
  void complete(TableSchema newest) {
    TableSchema schema = control.connectors().withTrueKey(newest);
    meant().forEach(mapping -> tables.prepare(schema, mapping, 1));
    long before = control.resets().before(newest);
    if (before > 0
        && !control.resets().others(newest).stream().anyMatch(control.connectors()::contains)) {
      meant().forEach(mapping -> tables.deleteBefore(schema, mapping, 0, before));
    }
  }
}
