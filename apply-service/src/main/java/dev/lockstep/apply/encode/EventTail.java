package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What an envelope says of its event beside the rows: the operation and the source's time. */
final class EventTail {
  private String op = "";
  private long sourceMicros;
  private boolean incremental;

  void clear() {
    op = "";
    sourceMicros = 0;
    incremental = false;
  }

  String letter() {
    return op;
  }

  long sourceMicros() {
    return sourceMicros;
  }

  boolean isRead() {
    return op.equals("r");
  }

  /** Whether it was read by an incremental snapshot, among the changes. */
  boolean isIncremental() {
    return incremental;
  }

  boolean isUpdate() {
    return op.equals("u");
  }

  /** Whether it leaves a row, which may have been there before. */
  boolean isUpsert() {
    return op.equals("c") || op.equals("u") || op.equals("r");
  }

  /**
   * What the event did.
   *
   * @throws RecordFault when there is no operation
   * @throws TableFault when its operation is not one that changes a row
   */
  Op op() {
    return switch (op) {
      case "c" -> Op.CREATE;
      case "u" -> Op.UPDATE;
      case "d" -> Op.DELETE;
      case "r" -> Op.READ;
      case "" -> throw new RecordFault("Not a Debezium event: it has no op");
      default ->
          throw new TableFault(
              ("An event of op %s can't be applied yet. Leave such events out with skipped.operations,"
                      + " or move the consumer group's offset past it")
                  .formatted(op));
    };
  }

  /** Takes a field of the envelope, whose value the parser stands on. */
  void field(String name, JsonToken token, JsonParser json) {
    switch (name) {
      case "op" -> op = json.getString();
      case "source" -> source(json, token);
      default -> json.skipChildren();
    }
  }

  private void source(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("snapshot")) {
        incremental = json.getStringLength() == "incremental".length();
      } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("ts_us")) {
        sourceMicros = json.getLongValue();
      } else if (value == JsonToken.VALUE_NUMBER_INT && sourceMicros == 0 && name.equals("ts_ms")) {
        sourceMicros = Math.multiplyExact(json.getLongValue(), 1000);
      } else {
        json.skipChildren();
      }
    }
  }
}
