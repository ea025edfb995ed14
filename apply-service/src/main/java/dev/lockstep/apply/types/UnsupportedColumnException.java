package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;

/** A column for which there is no target type that holds every value exactly. */
public class UnsupportedColumnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedColumnException(Column column, String remedy) {
    super(
        "Column %s of type %s (on the wire %s%s) is not supported. %s"
            .formatted(
                column.name(),
                column.type(),
                column.wire().type(),
                column.wire().semantic() == null ? "" : ", " + column.wire().semantic(),
                remedy));
  }
}
