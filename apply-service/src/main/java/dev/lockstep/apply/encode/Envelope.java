package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A Debezium envelope while it is read: where its rows are, and what it says beside them. */
final class Envelope {
  private static final int ABSENT = -1;
  private static final byte[] NOTHING = {};

  /** One of the two rows of an event. */
  static final class Image {
    private int offset = ABSENT;
    private Beside beside = Beside.NOTHING;

    boolean isThere() {
      return offset != ABSENT;
    }

    /** Where in the document its object begins. */
    int offset() {
      return offset;
    }

    /** Its values that the JSON can't hold. */
    Beside beside() {
      return beside;
    }
  }

  /** Takes a row while the envelope is read; leaves the parser on the row's end. */
  @FunctionalInterface
  interface RowReader {
    void read(Image image, JsonParser json, int parserOffset);
  }

  /** Passes a row. */
  static final RowReader SKIP = (_, json, _) -> json.skipChildren();

  private final EventTail tail = new EventTail();
  private final Image before = new Image();
  private final Image after = new Image();
  private byte[] document = NOTHING;

  /** Begins another. */
  void begin(byte[] newDocument, ZeroDates zeroDates, Undecodable undecodable) {
    document = newDocument;
    before.beside = Beside.before(zeroDates, undecodable);
    after.beside = Beside.after(zeroDates, undecodable);
    clear();
  }

  private void clear() {
    tail.clear();
    before.offset = ABSENT;
    after.offset = ABSENT;
  }

  byte[] document() {
    return document;
  }

  EventTail tail() {
    return tail;
  }

  Image before() {
    return before;
  }

  Image after() {
    return after;
  }

  /** Reads all but the rows, of which it only says where they are. */
  void locate() {
    read(SKIP, SKIP);
  }

  /**
   * Reads it.
   *
   * @throws RecordFault when it is no JSON object
   */
  void read(RowReader ofBefore, RowReader ofAfter) {
    clear();
    try (JsonParser json = Json.parser(document, 0)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RecordFault("Not a Debezium event: its value is not a JSON object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        field(json, ofBefore, ofAfter);
      }
      if (json.nextToken() != null) {
        throw new RecordFault("Not a Debezium event: something follows its JSON object");
      }
    }
  }

  private void field(JsonParser json, RowReader ofBefore, RowReader ofAfter) {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    switch (name) {
      case "before" -> row(before, token, json, ofBefore);
      case "after" -> row(after, token, json, ofAfter);
      default -> tail.field(name, token, json);
    }
  }

  private static void row(Image image, JsonToken token, JsonParser json, RowReader reader) {
    if (token == JsonToken.START_OBJECT) {
      image.offset = Json.offset(json);
      reader.read(image, json, 0);
    }
  }

  /** Reads a row that was passed. */
  void again(Image image, RowReader reader) {
    try (JsonParser json = Json.parser(document, image.offset)) {
      json.nextToken();
      reader.read(image, json, image.offset);
    }
  }

  /**
   * Makes sure that a row is there.
   *
   * @throws RecordFault when it is not
   */
  void require(Image image) {
    if (!image.isThere()) {
      throw new RecordFault(
          "An event of op %s without the row %s"
              .formatted(
                  tail.letter(),
                  image == before ? "before it: binlog_row_image must be FULL" : "after it"));
    }
  }
}
