package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Turns a Debezium envelope into rows of RowBinary, reading it once where its fields stand in
 * Debezium's order. Not for use by several threads at a time.
 */
public final class EventEncoder {
  private final RowForm form;
  private final boolean ignoresDeletes;
  private final @Nullable FilteredEvents filter;
  private final Envelope envelope = new Envelope();
  private final EventRows rows;
  private final Moves moves;
  private final Envelope.RowReader ofBefore;
  private final Envelope.RowReader ofAfter;
  private long version;

  /** For rows with these columns. */
  public EventEncoder(List<TargetColumn> columns, RowForm form) {
    this(new RowPlan(form, columns));
  }

  /** For rows that are planned so. */
  public EventEncoder(RowPlan plan) {
    form = plan.form();
    ignoresDeletes = plan.deletes() == Deletes.IGNORE;
    var encoder = new RowEncoder(plan.columns(), plan.leftOut());
    rows = new EventRows(form, encoder, envelope);
    moves = new Moves(encoder, plan.columns(), plan.moving());
    filter =
        plan.filter() == null
            ? null
            : new FilteredEvents(plan, plan.filter(), envelope, rows, moves);
    // Most events of a mirror don't need the row before; a multiset's always do.
    ofBefore = form == RowForm.MULTISET && filter == null ? this::beforeUnlessAfter : Envelope.SKIP;
    ofAfter = filter == null ? rows::writeAfter : filter::writeAfter;
  }

  private void beforeUnlessAfter(Envelope.Image image, JsonParser json, int parserOffset) {
    if (rows.hasAfter()) {
      json.skipChildren();
    } else {
      rows.writeBefore(image, json, parserOffset);
    }
  }

  /**
   * Appends the event's rows; none of a delete that is ignored. When it throws, nothing was
   * appended. An update of a table without a key from a row that is refused adds its new row alone:
   * the old one was refused when it came.
   *
   * @param zeroDates what the event's header says of dates that its JSON can't hold
   * @param undecodable the same of texts with bytes that stand for no character
   * @throws RecordFault when this event can never be written
   * @throws TableFault when its operation is not one that changes a row
   */
  public void encode(
      byte[] document,
      ZeroDates zeroDates,
      Undecodable undecodable,
      long eventVersion,
      RowBuffer out) {
    boolean complete = false;
    version = eventVersion;
    rows.begin(eventVersion, out);
    try {
      envelope.begin(document, zeroDates, undecodable);
      write();
      complete = true;
    } catch (JacksonException e) {
      throw new RecordFault("Not a Debezium event", e.getOriginalMessage(), e);
    } finally {
      if (!complete) {
        rows.undo();
      }
    }
  }

  /**
   * For the event that {@link #encode} has just refused: appends what takes an older state of its
   * row out of the target, which the source has no longer. That is nothing when the event is a
   * delete, or when its key, or without a key the row before, can't be written either.
   */
  public void encodeRemovalOfOlder(RowBuffer out) {
    rows.begin(version, out);
    try {
      envelope.locate();
      removeOlder();
      rows.stamp(Op.QUARANTINE);
    } catch (RecordFault | JacksonException _) {
      // The reason is that of the event, which goes to the dead letters in any case.
      rows.undo();
    }
  }

  /**
   * For an event whose rows could be written and are refused by the target: appends what takes an
   * older state of its row out of it. Of the row it names the key alone, as its values are what is
   * refused.
   */
  public void encodeRemovalOfRefused(
      byte[] document,
      ZeroDates zeroDates,
      Undecodable undecodable,
      long eventVersion,
      RowBuffer out) {
    version = eventVersion;
    rows.begin(eventVersion, out);
    try {
      envelope.begin(document, zeroDates, undecodable);
      envelope.locate();
      removeRefused();
      rows.stamp(Op.QUARANTINE);
    } catch (RecordFault | JacksonException _) {
      // The reason is the target's, with which the event goes to the dead letters.
      rows.undo();
    }
  }

  private void removeRefused() {
    if (form == RowForm.MULTISET || form == RowForm.APPEND) {
      removeOlder();
    } else if (moves.arePossible() && envelope.before().isThere()) {
      rows.writeRemoval(envelope.before());
    } else {
      rows.writeKeyRemoval(envelope.after().isThere() ? envelope.after() : envelope.before());
    }
  }

  private void removeOlder() {
    switch (form) {
      case MIRROR, HISTORY -> {
        if (envelope.tail().isUpsert() && envelope.after().isThere()) {
          boolean mayMove = moves.arePossible() && envelope.before().isThere();
          rows.writeRemoval(mayMove ? envelope.before() : envelope.after());
        }
      }
      case MULTISET -> {
        if (isUpdateOfARow() && isWanted(envelope.before())) {
          rows.writeBefore();
        }
      }
      case APPEND -> {}
    }
  }

  /** How many rows the last event became, or its removal. */
  public int rowsWritten() {
    return rows.count();
  }

  /**
   * When the last event was committed in the source, in microseconds since 1970; 0 when it does not
   * say.
   */
  public long sourceMicros() {
    return envelope.tail().sourceMicros();
  }

  /** Whether the last event is a row that a snapshot read, rather than a change. */
  public boolean isSnapshotRead() {
    return envelope.tail().isRead();
  }

  private void write() {
    try {
      envelope.read(ofBefore, ofAfter);
      complete(envelope.tail().op());
    } catch (RecordFault e) {
      if (form != RowForm.MULTISET || e.column() == null) {
        throw e;
      }
      rows.undo();
      addAlone(e);
    }
  }

  private void addAlone(RecordFault fault) {
    envelope.locate();
    if (!isUpdateOfARow() || !isBeforeRefused()) {
      throw fault;
    }
    if (isWanted(envelope.after())) {
      rows.writeAfter();
    }
  }

  private boolean isWanted(Envelope.Image image) {
    return filter == null || filter.matches(image);
  }

  private boolean isUpdateOfARow() {
    return envelope.tail().isUpdate() && envelope.before().isThere() && envelope.after().isThere();
  }

  private boolean isBeforeRefused() {
    try {
      if (isWanted(envelope.before())) {
        rows.writeBefore();
      }
      return false;
    } catch (RecordFault e) {
      if (e.column() == null) {
        throw e;
      }
      return true;
    } finally {
      rows.undo();
    }
  }

  /** Sees to it that the rows which this operation needs are there, in their order. */
  private void complete(Op op) {
    boolean deletes = op == Op.DELETE;
    checkReading();
    boolean needsBefore = deletes || (form == RowForm.MULTISET && op == Op.UPDATE);
    envelope.require(needsBefore ? envelope.before() : envelope.after());
    if (!deletes) {
      envelope.require(envelope.after());
    }
    if (deletes && ignoresDeletes) {
      rows.undo();
      return;
    }
    if (filter != null) {
      filter.complete(op);
      return;
    }
    if (rows.hasBefore() != needsBefore || rows.hasAfter() == deletes) {
      rewrite(needsBefore, deletes);
    }
    if (moves.arePossible() && op == Op.UPDATE) {
      removeWhereItWas();
    }
    rows.stamp(op);
  }

  private void checkReading() {
    EventTail tail = envelope.tail();
    if (form == RowForm.MULTISET && tail.isRead() && tail.isIncremental()) {
      throw new TableFault(
          "An incremental snapshot has read this table, which has no key: a row that is read again"
              + " can't be told from another equal one. Move the consumer group's offset past its"
              + " rows, or read the table anew with a connector of another name and topic.prefix");
    }
  }

  private void rewrite(boolean needsBefore, boolean deletes) {
    rows.undo();
    if (needsBefore) {
      switch (form) {
        case MIRROR, HISTORY -> rows.writeRemoval(envelope.before());
        case MULTISET, APPEND -> rows.writeBefore();
      }
    }
    if (!deletes) {
      rows.writeAfter();
    }
  }

  private void removeWhereItWas() {
    envelope.require(envelope.before());
    if (moves.isMove(envelope)) {
      rows.writeRemoval(envelope.before());
    }
  }
}
