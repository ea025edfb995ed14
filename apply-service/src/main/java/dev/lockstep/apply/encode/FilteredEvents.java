package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import tools.jackson.core.JsonParser;

/**
 * What events become where a filter says which rows the target has. A row that leaves the filter is
 * removed with the version of the update that took it out, so that every older state of it gives
 * way, whenever that comes. Where a row did not match before either, there is none to remove.
 */
final class FilteredEvents {
  private final RowForm form;
  private final boolean marksDeleted;
  private final FilterValues values;
  private final Envelope envelope;
  private final EventRows rows;
  private final Moves moves;

  FilteredEvents(
      RowPlan plan, RowCondition condition, Envelope envelope, EventRows rows, Moves moves) {
    this.form = plan.form();
    this.marksDeleted = plan.deletes() == Deletes.SOFT;
    this.values = new FilterValues(condition);
    this.envelope = envelope;
    this.rows = rows;
    this.moves = moves;
  }

  /** Whether a row of the event matches. */
  boolean matches(Envelope.Image image) {
    return values.match(envelope.document(), image.offset(), image.beside());
  }

  /** Writes the row after where it matches, while the envelope is read. */
  void writeAfter(Envelope.Image image, JsonParser json, int parserOffset) {
    if (form != RowForm.MULTISET && matches(image)) {
      rows.writeAfter(image, json, parserOffset);
    } else {
      json.skipChildren();
    }
  }

  /** Sees to it that the rows which this operation needs are there. */
  void complete(Op op) {
    switch (form) {
      case MIRROR, HISTORY -> completeKeyed(op);
      case MULTISET -> completeMultiset(op);
      case APPEND -> completeAppend(op);
    }
  }

  private void completeKeyed(Op op) {
    if (op == Op.DELETE) {
      rows.undo();
      delete();
    } else if (!rows.hasAfter()) {
      leave(op);
    } else {
      if (op == Op.UPDATE && moves.arePossible()) {
        envelope.require(envelope.before());
        if (matchedBefore() && moves.isMove(envelope)) {
          rows.writeRemoval(envelope.before());
        }
      }
      rows.stamp(op);
    }
  }

  /** A row that did not match has no values to be shown, where deleted ones are. */
  private void delete() {
    if (matchedBefore()) {
      rows.writeRemoval(envelope.before());
    } else if (!marksDeleted) {
      rows.writeKeyRemoval(envelope.before());
    }
    rows.stamp(Op.DELETE);
  }

  /** A row of which that can't be told was refused when it came, and is not in the target. */
  private boolean matchedBefore() {
    try {
      return matches(envelope.before());
    } catch (RecordFault e) {
      if (e.column() == null) {
        throw e;
      }
      return false;
    }
  }

  /** What is not wanted after the event is removed where it may have been wanted before. */
  private void leave(Op op) {
    Envelope.Image before = envelope.before();
    if (op == Op.UPDATE && before.isThere()) {
      if (matchedBefore()) {
        rows.writeRemoval(before);
      }
    } else if (op == Op.UPDATE || (isReadAgain(op) && !marksDeleted)) {
      rows.writeKeyRemoval(envelope.after());
    }
    rows.stamp(Op.DELETE);
  }

  /** Such a snapshot may mend what was missed; an initial one ends with a reset instead. */
  private boolean isReadAgain(Op op) {
    return op == Op.READ && envelope.tail().isIncremental();
  }

  private void completeMultiset(Op op) {
    boolean hadRow = op == Op.UPDATE || op == Op.DELETE;
    if (hadRow && matches(envelope.before())) {
      rows.writeBefore();
    }
    if (op != Op.DELETE && matches(envelope.after())) {
      rows.writeAfter();
    }
  }

  private void completeAppend(Op op) {
    if (op == Op.DELETE) {
      rows.undo();
      if (matches(envelope.before())) {
        rows.writeBefore();
      }
    } else if (op == Op.UPDATE && !rows.hasAfter()) {
      envelope.require(envelope.before());
      if (matches(envelope.before())) {
        rows.writeAfter();
      }
    }
    rows.stamp(op);
  }
}
