package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes the values of one row, in the columns' order. */
final class RowEncoder {
  private final TargetColumn[] columns;

  RowEncoder(List<TargetColumn> columns) {
    this.columns = columns.toArray(TargetColumn[]::new);
  }

  /**
   * Writes the row that the parser stands on, and leaves the parser on its end.
   *
   * @param json a parser over {@code document} that stands on the start of the row's object
   * @param parserOffset where in the document that parser began
   */
  void encode(JsonParser json, byte[] document, int parserOffset, RowBuffer out) {
    int start = out.size();
    int rowOffset = parserOffset + Json.offset(json);
    for (int i = 0; i < columns.length; i++) {
      if (json.nextToken() != JsonToken.PROPERTY_NAME
          || !json.currentName().equals(columns[i].name())) {
        skipRow(json);
        out.truncate(start);
        encodeInAnyOrder(document, rowOffset, out);
        return;
      }
      json.nextToken();
      encodeValue(columns[i], json, out);
    }
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw unknown(json.currentName());
    }
  }

  private static void skipRow(JsonParser json) {
    while (json.currentToken() != JsonToken.END_OBJECT) {
      json.nextToken();
      json.skipChildren();
      json.nextToken();
    }
  }

  /** Reads the row once for each column; Debezium writes rows in order, so this is rare. */
  private void encodeInAnyOrder(byte[] document, int rowOffset, RowBuffer out) {
    checkNames(document, rowOffset);
    for (TargetColumn column : columns) {
      try (JsonParser row = Json.parser(document, rowOffset)) {
        if (!find(column.name(), row)) {
          throw new RecordFault("The row lacks column " + column.name() + " of its schema");
        }
        encodeValue(column, row, out);
      }
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
        String name = row.currentName();
        if (Arrays.stream(columns).noneMatch(column -> column.name().equals(name))) {
          throw unknown(name);
        }
        row.nextToken();
        row.skipChildren();
      }
    }
  }

  private static RecordFault unknown(String name) {
    return new RecordFault("The row has a field " + name + " that its schema does not name");
  }

  private static void encodeValue(TargetColumn column, JsonParser json, RowBuffer out) {
    try {
      column.encoder().encode(json, out);
    } catch (RecordFault e) {
      throw e.in(column.name());
    }
  }
}
