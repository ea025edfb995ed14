package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.FilterColumn;
import dev.lockstep.apply.types.RowBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The values of a row that a filter looks at. Not for use by several threads at a time. */
final class FilterValues {
  private final RowCondition condition;
  private final FilterColumn[] columns;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final RowBuffer[] values;
  private final boolean[] isNull;
  private final boolean[] isRead;

  FilterValues(RowCondition condition) {
    this.condition = condition;
    this.columns = condition.columns().toArray(FilterColumn[]::new);
    int count = condition.names().size();
    for (int i = 0; i < count; i++) {
      indexes.put(condition.names().get(i), i);
    }
    this.values = new RowBuffer[columns.length];
    Arrays.setAll(values, _ -> new RowBuffer(32));
    this.isNull = new boolean[count];
    this.isRead = new boolean[count];
  }

  boolean isNull(int index) {
    return isNull[index];
  }

  boolean holds(int index, FilterColumn.Test test) {
    return test.holds(values[index], columns[index].isNullable() ? 1 : 0);
  }

  /**
   * Whether the filter is true for the row that stands there.
   *
   * @throws RecordFault when a value that it needs can't be read
   */
  boolean match(byte[] document, int offset, Beside beside) {
    Arrays.fill(isRead, false);
    int left = isRead.length;
    try (JsonParser json = Json.parser(document, offset)) {
      json.nextToken();
      while (left > 0 && json.nextToken() == JsonToken.PROPERTY_NAME) {
        Integer index = indexes.get(json.currentName());
        json.nextToken();
        if (index == null) {
          json.skipChildren();
        } else {
          read(index, json, beside);
          left--;
        }
      }
    }
    if (left > 0) {
      throw new RecordFault("The row lacks column " + missing() + " of its schema");
    }
    return condition.test().of(this) == RowCondition.Truth.TRUE;
  }

  private String missing() {
    int index = 0;
    while (isRead[index]) {
      index++;
    }
    return condition.names().get(index);
  }

  private void read(int index, JsonParser json, Beside beside) {
    isRead[index] = true;
    boolean isBeside = !beside.isEmpty() && beside.has(condition.names().get(index));
    isNull[index] = !isBeside && json.currentToken() == JsonToken.VALUE_NULL;
    if (index < columns.length && !isNull[index]) {
      values[index].truncate(0);
      readValue(columns[index], json, beside, values[index]);
    }
    json.skipChildren();
  }

  private static void readValue(
      FilterColumn column, JsonParser json, Beside beside, RowBuffer value) {
    try {
      String zero = beside.isEmpty() ? null : beside.zeroDate(column.name());
      if (zero == null) {
        column.encoder().encode(json, value);
      } else {
        column.encoder().encodeZero(zero, value);
      }
    } catch (RecordFault e) {
      // The column may be masked in the target.
      throw e.withoutValue().in(column.name());
    }
  }
}
