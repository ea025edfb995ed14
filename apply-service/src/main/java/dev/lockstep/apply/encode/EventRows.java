package dev.lockstep.apply.encode;

import dev.lockstep.apply.types.RowBuffer;
import tools.jackson.core.JsonParser;

/** The rows of one event while they are written, each with Lockstep's columns behind its own. */
final class EventRows {
  private static final RowBuffer NOWHERE = new RowBuffer(0);
  private static final int LIVES = 0;
  private static final int GONE = 1;
  private static final int ADDS = 1;
  private static final int TAKES_AWAY = -1;

  private final RowForm form;
  private final RowEncoder rows;
  private final Envelope envelope;
  private RowBuffer out = NOWHERE;
  private long version;
  private int start;
  private int change;
  private boolean before;
  private boolean after;

  EventRows(RowForm form, RowEncoder rows, Envelope envelope) {
    this.form = form;
    this.rows = rows;
    this.envelope = envelope;
  }

  /** Begins another event's. */
  void begin(long ofVersion, RowBuffer into) {
    out = into;
    version = ofVersion;
    start = into.size();
    before = false;
    after = false;
  }

  /** Takes back what was written of the event. */
  void undo() {
    out.truncate(start);
    before = false;
    after = false;
  }

  boolean hasBefore() {
    return before;
  }

  boolean hasAfter() {
    return after;
  }

  int count() {
    return (before ? 1 : 0) + (after ? 1 : 0);
  }

  /** Writes the row before, with all its values. */
  void writeBefore(Envelope.Image image, JsonParser json, int parserOffset) {
    rows.encode(json, envelope.document(), parserOffset, image.beside(), out);
    finish(form == RowForm.MULTISET ? TAKES_AWAY : GONE);
    before = true;
  }

  void writeBefore() {
    envelope.again(envelope.before(), this::writeBefore);
  }

  void writeAfter(Envelope.Image image, JsonParser json, int parserOffset) {
    rows.encode(json, envelope.document(), parserOffset, image.beside(), out);
    finish(form == RowForm.MULTISET ? ADDS : LIVES);
    after = true;
  }

  void writeAfter() {
    envelope.again(envelope.after(), this::writeAfter);
  }

  /** Writes that the row of this key is gone; its other values are written where they can be. */
  void writeRemoval(Envelope.Image image) {
    rows.encodeRemoval(envelope.document(), image.offset(), image.beside(), out);
    finish(GONE);
    before = true;
  }

  /** Writes that the row of this key is gone, and nothing else of it. */
  void writeKeyRemoval(Envelope.Image image) {
    rows.encodeKeyRemoval(envelope.document(), image.offset(), image.beside(), out);
    finish(GONE);
    before = true;
  }

  private void finish(int mark) {
    if (form.keepsChanges()) {
      change = out.size();
      out.putChange(version);
    } else {
      out.putVersion(version, mark);
    }
    rows.encodeAltered(out);
  }

  /** Says what the row tells of, which an envelope says behind its rows. */
  void stamp(Op op) {
    if (form.keepsChanges() && count() > 0) {
      out.setChange(change, op.number(), envelope.tail().sourceMicros());
    }
  }
}
