package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * NULL in front of another encoder.
 *
 * @param inner writes what is not NULL
 * @param inTarget whether the target's type is Nullable
 * @param inSource whether the source may hold NULL
 * @param zeroDates whether a date with a zero in year, month or day becomes NULL
 */
record Nulls(ValueEncoder inner, boolean inTarget, boolean inSource, boolean zeroDates)
    implements ValueEncoder {

  @Override
  public void encode(JsonParser json, RowBuffer out) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      if (!inSource) {
        throw new RecordFault("NULL in a column that its schema calls NOT NULL");
      }
      out.putByte(1);
    } else {
      if (inTarget) {
        out.putByte(0);
      }
      inner.encode(json, out);
    }
  }

  @Override
  public void encodeZero(String text, RowBuffer out) {
    if (zeroDates) {
      out.putByte(1);
      out.markAltered();
      return;
    }
    if (inTarget) {
      out.putByte(0);
    }
    inner.encodeZero(text, out);
  }
}
