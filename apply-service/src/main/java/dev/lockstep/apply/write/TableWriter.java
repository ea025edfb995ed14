package dev.lockstep.apply.write;

import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.quarantine.QuarantineCap;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What a topic's blocks need of the world: schemas, target tables, inserts, the dead letters. */
public final class TableWriter {
  private final ControlState control;
  private final TargetTables tables;
  private final Inserts inserts;
  private final Consumer<List<DeadLetter>> quarantine;
  private final QuarantineCap cap;
  private final ApplyMeters meters;
  private final SnapshotMarks marks;
  private final Destination destination;
  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  /**
   * Over these.
   *
   * @param quarantine keeps dead letters; when it returns, they are kept
   */
  public TableWriter(
      ControlState control,
      TargetTables tables,
      Inserts inserts,
      SnapshotMarks marks,
      Consumer<List<DeadLetter>> quarantine,
      QuarantineCap cap,
      ApplyMeters meters,
      Destination destination) {
    this.control = control;
    this.tables = tables;
    this.inserts = inserts;
    this.marks = marks;
    this.quarantine = quarantine;
    this.cap = cap;
    this.meters = meters;
    this.destination = destination;
  }

  /** The mappings; for a topic's first block those that were published when it was polled. */
  Mappings mappings(String topic, long polledNanos) {
    if (opened.contains(topic)) {
      return control.mappings();
    }
    Mappings published = control.mappingsSince(polledNanos);
    opened.add(topic);
    return published;
  }

  /** Below which version the rows of one schema are void; 0 where none are. */
  long resetBefore(String topic, long schemaId) {
    return control.resets().before(control.schema(topic, schemaId));
  }

  /**
   * Whether something is kept of records that a reset has made void.
   *
   * @throws ApplyFault when it is not known yet
   */
  boolean keepsVoid(String topic, long schemaId, Mappings mappings) {
    TableSchema schema = control.schema(topic, schemaId);
    return destination.of(schema, mappings).stream()
        .anyMatch(mapping -> mapping.keeps() != Mode.MIRROR);
  }

  /**
   * The ways of one schema's records.
   *
   * @throws ApplyFault when they can't be mirrored, or what is needed to tell is not known yet
   */
  List<Route> routes(String topic, long schemaId, Mappings mappings) {
    TableSchema schema = control.connectors().withTrueKey(control.schema(topic, schemaId));
    List<Route> routes =
        destination.of(schema, mappings).stream()
            .map(mapping -> Route.of(tables, schema, mapping))
            .toList();
    return routes;
  }

  /**
   * To be called before a record of a block is quarantined.
   *
   * @throws TableFault when there are too many
   */
  void checkCap(Block block, DeadLetter letter) {
    cap.check(
        letter.origin().topic(), block.records() + 1, block.letters().size() + 1, letter.problem());
  }

  /**
   * Writes a block. When it returns, all its rows are in their tables and all dead letters in
   * theirs; rows that the target refuses have become dead letters.
   *
   * @param appliedBefore how many rows of the topic have been applied before
   * @throws ApplyFault when something is not; then any part may be, and all is to be written again
   */
  public void write(Block block, long appliedBefore) {
    for (TableRows rows : block.tables()) {
      if (rows.rows() > 0) {
        insert(block, rows, appliedBefore);
      }
    }
    List<DeadLetter> letters = block.letters();
    if (!letters.isEmpty()) {
      quarantine.accept(letters);
    }
    cap.settled(block.topic(), block.records(), letters.size());
    meters.of(block.topic()).written(block.rows(), block.bytes(), block.oldestSourceMicros());
  }

  private void insert(Block block, TableRows rows, long appliedBefore) {
    Route route = rows.route();
    try {
      PreparedTable table = tables.prepare(route.schema(), route.mapping(), appliedBefore);
      marks.mark(table, rows.snapshots());
      inserts.insert(block, rows);
    } catch (TableFault e) {
      tables.forget(route.schema());
      marks.forget(route.table());
      throw e;
    } catch (RecordFault e) {
      throw new IllegalStateException("A refused row is to be told apart before", e);
    }
  }
}
