package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.Blanks;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes the values of one row, in the columns' order. */
final class RowEncoder {
  private final TargetColumn[] columns;
  private final Set<String> leftOut;
  private final Altered altered;

  /**
   * Of these columns, in the source's order.
   *
   * @param leftOut the names of other fields that a row may have
   */
  RowEncoder(List<TargetColumn> columns, Set<String> leftOut) {
    this.columns = columns.toArray(TargetColumn[]::new);
    this.leftOut = leftOut;
    this.altered = new Altered(this.columns);
  }

  /**
   * Writes the row that the parser stands on, and leaves the parser on its end.
   *
   * @param json a parser over {@code document} that stands on the start of the row's object
   * @param parserOffset where in the document that parser began
   * @param beside the values that the JSON can't hold
   */
  void encode(JsonParser json, byte[] document, int parserOffset, Beside beside, RowBuffer out) {
    altered.clear(out);
    checkNames(beside);
    int start = out.size();
    int rowOffset = parserOffset + Json.offset(json);
    for (int i = 0; i < columns.length; i++) {
      if (nextField(json) != JsonToken.PROPERTY_NAME
          || !json.currentName().equals(columns[i].source())) {
        skipRow(json);
        out.truncate(start);
        altered.clear(out);
        encodeInAnyOrder(document, rowOffset, beside, out, this::encodeValue);
        return;
      }
      json.nextToken();
      encodeValue(i, json, beside, out);
    }
    if (nextField(json) != JsonToken.END_OBJECT) {
      throw unknown(json.currentName());
    }
  }

  /** The name of the next field that is not left out, or the row's end. */
  private JsonToken nextField(JsonParser json) {
    JsonToken token = json.nextToken();
    while (!leftOut.isEmpty()
        && token == JsonToken.PROPERTY_NAME
        && leftOut.contains(json.currentName())) {
      json.nextToken();
      json.skipChildren();
      token = json.nextToken();
    }
    return token;
  }

  /**
   * Writes the row that stands there. Where it is a row's removal, all that counts of it is the
   * key: in other columns a value that the target can't hold is left blank.
   *
   * @throws RecordFault when the key can't be written, or the row is not its schema's
   */
  void encodeRemoval(byte[] document, int offset, Beside beside, RowBuffer out) {
    int start = out.size();
    try (JsonParser json = Json.parser(document, offset)) {
      json.nextToken();
      encode(json, document, offset, beside, out);
    } catch (RecordFault e) {
      out.truncate(start);
      altered.clear(out);
      checkNames(beside);
      encodeInAnyOrder(document, offset, beside, out, this::encodeKeyOrBlank);
    }
  }

  /**
   * Writes some columns of the row that stands there.
   *
   * @throws RecordFault when one of them can't be written
   */
  void encodeSome(int[] indexes, Envelope envelope, Envelope.Image image, RowBuffer out) {
    for (int index : indexes) {
      encodeFound(
          index, envelope.document(), image.offset(), image.beside(), out, this::encodeValue);
    }
  }

  /**
   * Writes the row's removal with nothing but its key; other columns are blank.
   *
   * @throws RecordFault when the key can't be written
   */
  void encodeKeyRemoval(byte[] document, int offset, Beside beside, RowBuffer out) {
    altered.clear(out);
    encodeInAnyOrder(document, offset, beside, out, this::encodeKeyAndBlanks);
  }

  /** Writes {@code _altered} of the last row, where the table has it. */
  void encodeAltered(RowBuffer out) {
    altered.encode(out);
  }

  private static void skipRow(JsonParser json) {
    while (json.currentToken() != JsonToken.END_OBJECT) {
      json.nextToken();
      json.skipChildren();
      json.nextToken();
    }
  }

  private interface ValueWriter {
    void write(int index, JsonParser json, Beside beside, RowBuffer out);
  }

  /** Reads the row once for each column; Debezium writes rows in order, so this is rare. */
  private void encodeInAnyOrder(
      byte[] document, int rowOffset, Beside beside, RowBuffer out, ValueWriter writer) {
    checkNames(document, rowOffset);
    for (int i = 0; i < columns.length; i++) {
      encodeFound(i, document, rowOffset, beside, out, writer);
    }
  }

  private void encodeFound(
      int index, byte[] document, int rowOffset, Beside beside, RowBuffer out, ValueWriter writer) {
    try (JsonParser row = Json.parser(document, rowOffset)) {
      if (!find(columns[index].source(), row)) {
        throw new RecordFault("The row lacks column " + columns[index].source() + " of its schema");
      }
      writer.write(index, row, beside, out);
    }
  }

  /** Whether the row has the field; then the parser stands on its value. */
  private static boolean find(String name, JsonParser row) {
    row.nextToken();
    while (row.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = row.currentName().equals(name);
      row.nextToken();
      if (found) {
        return true;
      }
      row.skipChildren();
    }
    return false;
  }

  private void checkNames(byte[] document, int rowOffset) {
    try (JsonParser row = Json.parser(document, rowOffset)) {
      row.nextToken();
      while (row.nextToken() == JsonToken.PROPERTY_NAME) {
        if (!hasColumn(row.currentName())) {
          throw unknown(row.currentName());
        }
        row.nextToken();
        row.skipChildren();
      }
    }
  }

  private void checkNames(Beside beside) {
    if (!beside.isEmpty()) {
      beside.check(this::hasColumn);
    }
  }

  private boolean hasColumn(String name) {
    for (TargetColumn column : columns) {
      if (column.source().equals(name)) {
        return true;
      }
    }
    return leftOut.contains(name);
  }

  private static RecordFault unknown(String name) {
    return new RecordFault("The row has a field " + name + " that its schema does not name");
  }

  private void encodeValue(int index, JsonParser json, Beside beside, RowBuffer out) {
    TargetColumn column = columns[index];
    try {
      String zero = beside.isEmpty() ? null : beside.zeroDate(column.source());
      if (zero == null) {
        column.encoder().encode(json, out);
      } else {
        json.skipChildren();
        column.encoder().encodeZero(zero, out);
      }
    } catch (RecordFault e) {
      throw (column.hidden() ? e.withoutValue() : e).in(column.source());
    }
    if (column.alters()) {
      altered.note(index, out);
    }
  }

  private void encodeKeyAndBlanks(int index, JsonParser json, Beside beside, RowBuffer out) {
    if (columns[index].inKey()) {
      encodeValue(index, json, beside, out);
    } else {
      Blanks.put(columns[index].type(), out);
    }
  }

  /** Leaves the parser anywhere in the value. */
  private void encodeKeyOrBlank(int index, JsonParser json, Beside beside, RowBuffer out) {
    int start = out.size();
    try {
      encodeValue(index, json, beside, out);
    } catch (RecordFault e) {
      if (columns[index].inKey()) {
        throw e;
      }
      out.truncate(start);
      out.takeAltered();
      Blanks.put(columns[index].type(), out);
    }
  }
}
