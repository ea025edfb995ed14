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
}
