package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.schema.Column;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * VECTOR. ClickHouse's arrays can't be Nullable, so NULL is the empty array, which no vector of
 * MySQL is.
 */
final class Vectors {
  private Vectors() {}

  static Optional<TargetType> rule(Column column) {
    if (!"io.debezium.data.FloatVector".equals(column.wire().semantic())) {
      return Optional.empty();
    }
    boolean nullable = column.nullable();
    TargetType type = new TargetType("Array(Float32)", (json, out) -> encode(json, out, nullable));
    return Optional.of(type.as(TargetType.Form.WHOLE));
  }

  private static void encode(JsonParser json, RowBuffer out, boolean nullable) {
    if (nullable && json.currentToken() == JsonToken.VALUE_NULL) {
      out.putVarInt(0);
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new RecordFault("not a vector but " + json.currentToken());
    }
    int start = out.size();
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      out.putLittleEndian(Float.floatToRawIntBits(Floats.readFloat(json)), Float.BYTES);
      count++;
    }
    if (count == 0) {
      throw new RecordFault("a vector without a number, which would look like NULL");
    }
    out.insertLength(start, count);
  }
}
