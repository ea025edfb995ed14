package dev.lockstep.capture.json;

/**
 * MySQL's binary JSON, as it stands in the binlog: a type, and a value whose form depends on it.
 * Objects and arrays are small or large, by the size of their counts and offsets (two or four
 * bytes); an offset is from the object's or array's own beginning. All numbers are little-endian.
 * Texts are utf8mb4. The format is described in MySQL's source, in {@code
 * sql-common/json_binary.h}.
 */
final class BinaryJson {
  private static final int SMALL_OBJECT = 0x00;
  private static final int LARGE_OBJECT = 0x01;
  private static final int SMALL_ARRAY = 0x02;
  private static final int LARGE_ARRAY = 0x03;
  private static final int LITERAL = 0x04;
  private static final int INT16 = 0x05;
  private static final int UINT16 = 0x06;
  private static final int INT32 = 0x07;
  private static final int UINT32 = 0x08;
  private static final int INT64 = 0x09;
  private static final int UINT64 = 0x0a;
  private static final int DOUBLE = 0x0b;
  private static final int STRING = 0x0c;
  private static final int OPAQUE = 0x0f;

  private static final int SMALL = 2;
  private static final int LARGE = 4;

  /** A key's length takes two bytes, whatever the size of the object. */
  private static final int KEY_LENGTH = 2;

  private final LittleEndian in;
  private final JsonText out;

  private BinaryJson(LittleEndian in, JsonText out) {
    this.in = in;
    this.out = out;
  }

  /**
   * The text of a document, as MySQL shows it. A value without any bytes, which MySQL stores when
   * it has to put something in place of a NULL, is its JSON null.
   *
   * @throws BadJsonException if these are not MySQL's binary JSON
   */
  static String text(byte[] document) {
    if (document.length == 0) {
      return "null";
    }
    JsonText out = new JsonText(document.length + document.length / 2 + 16);
    try {
      new BinaryJson(new LittleEndian(document), out).value(document[0], 1);
    } catch (IndexOutOfBoundsException e) {
      throw new BadJsonException(
          "A JSON document of %d bytes is cut off".formatted(document.length), e);
    }
    return out.toString();
  }

  private void value(int type, int at) {
    switch (type) {
      case SMALL_OBJECT -> object(at, SMALL);
      case LARGE_OBJECT -> object(at, LARGE);
      case SMALL_ARRAY -> array(at, SMALL);
      case LARGE_ARRAY -> array(at, LARGE);
      case LITERAL -> literal(in.uint8(at));
      case INT16 -> out.number((short) in.uint16(at));
      case UINT16 -> out.number(in.uint16(at));
      case INT32 -> out.number(in.int32(at));
      case UINT32 -> out.number(in.uint32(at));
      case INT64 -> out.number(in.int64(at));
      case UINT64 -> out.ascii(Long.toUnsignedString(in.int64(at)));
      case DOUBLE -> out.ascii(JsonDouble.text(Double.longBitsToDouble(in.int64(at))));
      case STRING -> string(at);
      case OPAQUE -> opaque(at);
      default -> throw new BadJsonException("JSON has no type " + type, null);
    }
  }

  private void object(int start, int size) {
    int count = in.offset(start, size);
    int keys = start + 2 * size;
    int values = keys + count * (size + KEY_LENGTH);
    out.ascii('{');
    for (int i = 0; i < count; i++) {
      separate(i);
      int key = keys + i * (size + KEY_LENGTH);
      int length = in.uint16(key + size);
      out.quoted(in.bytes(), in.range(start + in.offset(key, size), length), length);
      out.ascii(": ");
      entry(start, values + i * (1 + size), size);
    }
    out.ascii('}');
  }

  private void array(int start, int size) {
    int count = in.offset(start, size);
    int values = start + 2 * size;
    out.ascii('[');
    for (int i = 0; i < count; i++) {
      separate(i);
      entry(start, values + i * (1 + size), size);
    }
    out.ascii(']');
  }

  private void separate(int index) {
    if (index > 0) {
      out.ascii(", ");
    }
  }

  /**
   * A member or element: its type, and itself if that fits in an offset's place, else its offset.
   */
  private void entry(int start, int at, int size) {
    int type = in.uint8(at);
    boolean inline =
        switch (type) {
          case LITERAL, INT16, UINT16 -> true;
          case INT32, UINT32 -> size == LARGE;
          default -> false;
        };
    value(type, inline ? at + 1 : start + in.offset(at + 1, size));
  }

  private void literal(int literal) {
    out.ascii(
        switch (literal) {
          case 0 -> "null";
          case 1 -> "true";
          case 2 -> "false";
          default -> throw new BadJsonException("JSON has no literal " + literal, null);
        });
  }

  private void string(int at) {
    int length = in.length(at);
    out.quoted(in.bytes(), in.range(at + in.sizeOfLength(at), length), length);
  }

  private void opaque(int at) {
    int length = in.length(at + 1);
    int data = in.range(at + 1 + in.sizeOfLength(at + 1), length);
    OpaqueValue.write(in.uint8(at), in, data, length, out);
  }
}
