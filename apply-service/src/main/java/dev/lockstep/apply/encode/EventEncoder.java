package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Turns a Debezium envelope into one row of RowBinary, reading it once. Not for use by several
 * threads at a time.
 */
public final class EventEncoder {
  private static final int ABSENT = -1;

  private final RowEncoder rows;
  private String op = "";
  private int beforeOffset = ABSENT;
  private boolean afterWritten;
  private long sourceMicros;

  /** For rows with these columns. */
  public EventEncoder(List<TargetColumn> columns) {
    this.rows = new RowEncoder(columns);
  }

  /**
   * Appends the event's row: what is after it, or for a delete what was before it. When it throws,
   * nothing was appended.
   *
   * @return when the event was committed in the source, in microseconds since 1970; 0 when it does
   *     not say
   * @throws RecordFault when this event can never be written
   * @throws TableFault when its operation is not one that changes a row
   */
  public long encode(byte[] envelope, long version, RowBuffer out) {
    int start = out.size();
    boolean complete = false;
    try {
      read(envelope, out);
      boolean deleted = write(envelope, out, start);
      out.putVersion(version, deleted);
      complete = true;
      return sourceMicros;
    } catch (JacksonException e) {
      throw new RecordFault("Not a Debezium event", e.getOriginalMessage(), e);
    } finally {
      if (!complete) {
        out.truncate(start);
      }
    }
  }

  private void read(byte[] envelope, RowBuffer out) {
    op = "";
    beforeOffset = ABSENT;
    afterWritten = false;
    sourceMicros = 0;
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
      case "before" -> {
        if (token == JsonToken.START_OBJECT) {
          beforeOffset = Json.offset(json);
          json.skipChildren();
        }
      }
      case "after" -> {
        if (token == JsonToken.START_OBJECT) {
          rows.encode(json, envelope, 0, out);
          afterWritten = true;
        }
      }
      case "op" -> op = json.getString();
      case "source" -> readSource(json, token);
      default -> json.skipChildren();
    }
  }

  private void readSource(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT && name.equals("ts_us")) {
        sourceMicros = json.getLongValue();
      } else if (value == JsonToken.VALUE_NUMBER_INT && sourceMicros == 0 && name.equals("ts_ms")) {
        sourceMicros = Math.multiplyExact(json.getLongValue(), 1000);
      } else {
        json.skipChildren();
      }
    }
  }

  private boolean write(byte[] envelope, RowBuffer out, int start) {
    return switch (op) {
      case "c", "u", "r" -> {
        if (!afterWritten) {
          throw new RecordFault("An event of op " + op + " without the row after it");
        }
        yield false;
      }
      case "d" -> {
        out.truncate(start);
        writeBefore(envelope, out);
        yield true;
      }
      case "" -> throw new RecordFault("Not a Debezium event: it has no op");
      default ->
          throw new TableFault(
              ("An event of op %s can't be applied yet. Leave such events out with skipped.operations,"
                      + " or move the consumer group's offset past it")
                  .formatted(op));
    };
  }

  private void writeBefore(byte[] envelope, RowBuffer out) {
    if (beforeOffset == ABSENT) {
      throw new RecordFault("A delete without the row before it: binlog_row_image must be FULL");
    }
    try (JsonParser json = Json.parser(envelope, beforeOffset)) {
      json.nextToken();
      rows.encode(json, envelope, beforeOffset, out);
    }
  }
}
