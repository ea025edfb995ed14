package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Turns a Debezium envelope into rows of RowBinary, reading it once where its fields stand in
 * Debezium's order. Not for use by several threads at a time.
 */
public final class EventEncoder {
  private static final int ABSENT = -1;

  private final RowForm form;
  private final boolean ignoresDeletes;
  private final RowEncoder rows;
  private final Moves moves;
  private final EventTail tail = new EventTail();
  private Beside before = Beside.NOTHING;
  private Beside after = Beside.NOTHING;
  private long version;
  private int beforeOffset = ABSENT;
  private int afterOffset = ABSENT;
  private boolean beforeWritten;
  private boolean afterWritten;

  /** For rows with these columns. */
  public EventEncoder(List<TargetColumn> columns, RowForm form) {
    this(new RowPlan(form, columns));
  }

  /** For rows that are planned so. */
  public EventEncoder(RowPlan plan) {
    this.form = plan.form();
    this.ignoresDeletes = plan.ignoresDeletes();
    this.rows = new RowEncoder(plan.columns(), plan.leftOut());
    this.moves = new Moves(rows, plan.columns(), plan.moving());
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
      byte[] envelope, ZeroDates zeroDates, Undecodable undecodable, long version, RowBuffer out) {
    int start = out.size();
    boolean complete = false;
    try {
      begin(version);
      before = Beside.before(zeroDates, undecodable);
      after = Beside.after(zeroDates, undecodable);
      write(envelope, out, start);
      complete = true;
    } catch (JacksonException e) {
      throw new RecordFault("Not a Debezium event", e.getOriginalMessage(), e);
    } finally {
      if (!complete) {
        out.truncate(start);
      }
    }
  }

  /**
   * For the event that {@link #encode} has just refused: appends what takes an older state of its
   * row out of the target, which the source has no longer. That is nothing when the event is a
   * delete, or when its key, or without a key the row before, can't be written either.
   */
  public void encodeRemovalOfOlder(byte[] envelope, RowBuffer out) {
    int start = out.size();
    try {
      locate(envelope);
      removeOlder(envelope, out);
    } catch (RecordFault | JacksonException _) {
      // The reason is that of the event, which goes to the dead letters in any case.
      out.truncate(start);
      beforeWritten = false;
    }
  }

  private void removeOlder(byte[] envelope, RowBuffer out) {
    if (form == RowForm.MIRROR && tail.isUpsert() && afterOffset != ABSENT) {
      boolean mayMove = moves.arePossible() && beforeOffset != ABSENT;
      writeRemoval(envelope, mayMove ? beforeOffset : afterOffset, mayMove ? before : after, out);
    } else if (form == RowForm.MULTISET && isUpdateOfARow()) {
      again(envelope, beforeOffset, out, this::writeBefore);
    }
  }

  /** How many rows the last event became, or its removal. */
  public int rowsWritten() {
    return (beforeWritten ? 1 : 0) + (afterWritten ? 1 : 0);
  }

  /**
   * When the last event was committed in the source, in microseconds since 1970; 0 when it does not
   * say.
   */
  public long sourceMicros() {
    return tail.sourceMicros();
  }

  /** Whether the last event is a row that a snapshot read, rather than a change. */
  public boolean isSnapshotRead() {
    return tail.isRead();
  }

  private void begin(long ofVersion) {
    tail.clear();
    version = ofVersion;
    beforeOffset = ABSENT;
    afterOffset = ABSENT;
    beforeWritten = false;
    afterWritten = false;
  }

  private void write(byte[] envelope, RowBuffer out, int start) {
    try {
      read(envelope, out);
      complete(envelope, out, start);
    } catch (RecordFault e) {
      if (form == RowForm.MIRROR || e.column() == null) {
        throw e;
      }
      out.truncate(start);
      addAlone(envelope, e, out);
    }
  }

  private void addAlone(byte[] envelope, RecordFault fault, RowBuffer out) {
    locate(envelope);
    if (!isUpdateOfARow() || !isBeforeRefused(envelope, out)) {
      throw fault;
    }
    again(envelope, afterOffset, out, this::writeAfter);
  }

  private boolean isUpdateOfARow() {
    return tail.isUpdate() && beforeOffset != ABSENT && afterOffset != ABSENT;
  }

  private boolean isBeforeRefused(byte[] envelope, RowBuffer out) {
    int start = out.size();
    try {
      again(envelope, beforeOffset, out, this::writeBefore);
      return false;
    } catch (RecordFault e) {
      if (e.column() == null) {
        throw e;
      }
      return true;
    } finally {
      out.truncate(start);
      beforeWritten = false;
    }
  }

  /** Reads all but the rows, of which it only says where they are. */
  private void locate(byte[] envelope) {
    begin(version);
    try (JsonParser json = Json.parser(envelope, 0)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        switch (name) {
          case "before" -> beforeOffset = passed(json, token);
          case "after" -> afterOffset = passed(json, token);
          default -> tail.field(name, token, json);
        }
      }
    }
  }

  private static int passed(JsonParser json, JsonToken token) {
    int offset = token == JsonToken.START_OBJECT ? Json.offset(json) : ABSENT;
    json.skipChildren();
    return offset;
  }

  private void read(byte[] envelope, RowBuffer out) {
    try (JsonParser json = Json.parser(envelope, 0)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RecordFault("Not a Debezium event: its value is not a JSON object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        field(json, envelope, out);
      }
      if (json.nextToken() != null) {
        throw new RecordFault("Not a Debezium event: something follows its JSON object");
      }
    }
  }

  private void field(JsonParser json, byte[] envelope, RowBuffer out) {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    switch (name) {
      case "before" -> before(json, token, envelope, out);
      case "after" -> {
        if (token == JsonToken.START_OBJECT) {
          afterOffset = Json.offset(json);
          writeAfter(json, envelope, 0, out);
        }
      }
      default -> tail.field(name, token, json);
    }
  }

  /** Most events of a mirror don't need it; a multiset's always do. */
  private void before(JsonParser json, JsonToken token, byte[] envelope, RowBuffer out) {
    if (token != JsonToken.START_OBJECT) {
      return;
    }
    beforeOffset = Json.offset(json);
    if (form == RowForm.MULTISET && !afterWritten) {
      writeBefore(json, envelope, 0, out);
    } else {
      json.skipChildren();
    }
  }

  /** Sees to it that the rows which this operation needs are there, in their order. */
  private void complete(byte[] envelope, RowBuffer out, int start) {
    boolean deletes = tail.isDelete();
    if (form == RowForm.MULTISET && tail.isRead() && tail.isIncremental()) {
      throw new TableFault(
          "An incremental snapshot has read this table, which has no key: a row that is read again"
              + " can't be told from another equal one. Move the consumer group's offset past its"
              + " rows, or read the table anew with a connector of another name and topic.prefix");
    }
    boolean needsBefore = deletes || (form == RowForm.MULTISET && tail.isUpdate());
    require(needsBefore, beforeOffset, "before it: binlog_row_image must be FULL");
    require(!deletes, afterOffset, "after it");
    if (deletes && ignoresDeletes) {
      out.truncate(start);
      beforeWritten = false;
      return;
    }
    if (beforeWritten != needsBefore || afterWritten == deletes) {
      rewrite(envelope, needsBefore, deletes, out, start);
    }
    if (moves.arePossible() && tail.isUpdate()) {
      removeWhereItWas(envelope, out);
    }
  }

  private void removeWhereItWas(byte[] envelope, RowBuffer out) {
    require(true, beforeOffset, "before it: binlog_row_image must be FULL");
    if (moves.isMove(envelope, beforeOffset, before, afterOffset, after)) {
      writeRemoval(envelope, beforeOffset, before, out);
    }
  }

  private void rewrite(
      byte[] envelope, boolean needsBefore, boolean deletes, RowBuffer out, int start) {
    out.truncate(start);
    beforeWritten = false;
    afterWritten = false;
    if (needsBefore && form == RowForm.MIRROR) {
      writeRemoval(envelope, beforeOffset, before, out);
    } else if (needsBefore) {
      again(envelope, beforeOffset, out, this::writeBefore);
    }
    if (!deletes) {
      again(envelope, afterOffset, out, this::writeAfter);
    }
  }

  private void require(boolean needed, int offset, String row) {
    if (needed && offset == ABSENT) {
      throw new RecordFault("An event of op " + tail.op() + " without the row " + row);
    }
  }

  private interface Writer {
    void write(JsonParser json, byte[] envelope, int parserOffset, RowBuffer out);
  }

  private static void again(byte[] envelope, int offset, RowBuffer out, Writer writer) {
    try (JsonParser json = Json.parser(envelope, offset)) {
      json.nextToken();
      writer.write(json, envelope, offset, out);
    }
  }

  private void writeRemoval(byte[] envelope, int offset, Beside beside, RowBuffer out) {
    rows.encodeRemoval(envelope, offset, beside, out);
    finish(1, out);
    beforeWritten = true;
  }

  private void writeBefore(JsonParser json, byte[] envelope, int parserOffset, RowBuffer out) {
    write(json, envelope, parserOffset, before, -1, out);
    beforeWritten = true;
  }

  private void writeAfter(JsonParser json, byte[] envelope, int parserOffset, RowBuffer out) {
    int mark = form == RowForm.MIRROR ? 0 : 1;
    write(json, envelope, parserOffset, after, mark, out);
    afterWritten = true;
  }

  private void write(
      JsonParser json, byte[] envelope, int parserOffset, Beside beside, int mark, RowBuffer out) {
    rows.encode(json, envelope, parserOffset, beside, out);
    finish(mark, out);
  }

  private void finish(int mark, RowBuffer out) {
    out.putVersion(version, mark);
    rows.encodeAltered(out);
  }
}
