package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JsonToken;

/** NULL in front of every other encoder. */
final class Nulls {
  private Nulls() {}

  static ValueEncoder allowed(ValueEncoder inner) {
    return (json, out) -> {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        out.putByte(1);
      } else {
        out.putByte(0);
        inner.encode(json, out);
      }
    };
  }

  static ValueEncoder refused(ValueEncoder inner) {
    return (json, out) -> {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        throw new RecordFault("NULL in a column that its schema calls NOT NULL");
      }
      inner.encode(json, out);
    };
  }
}
