package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JsonParser;

/** Writes one column's value from JSON as RowBinary. */
@FunctionalInterface
public interface ValueEncoder {
  /**
   * Writes the value that the parser stands on, and leaves the parser there.
   *
   * @throws RecordFault when the target type can't hold exactly this value
   */
  void encode(JsonParser json, RowBuffer out);

  /**
   * Writes a date or time with a zero in year, month or day, which JSON does not carry.
   *
   * @param text MySQL's text of it
   * @throws RecordFault when the column's policy is to write none
   */
  default void encodeZero(String text, RowBuffer out) {
    throw RecordFault.value(text, "is a date in a column that holds none");
  }
}
