package dev.lockstep.common.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a source table, as the rows of one schema carry it.
 *
 * @param name the column's name in the source
 * @param type the source's type in upper case as Debezium names it, such as {@code BIGINT UNSIGNED}
 * @param length the declared length, precision or fractional seconds, or null where none was
 *     declared
 * @param scale the declared scale of a decimal, or null
 * @param nullable whether a row may hold NULL here
 * @param comment the column's comment in the source, or null where it has none
 * @param wire how the value is written in the record's JSON
 */
public record Column(
    String name,
    String type,
    @Nullable Integer length,
    @Nullable Integer scale,
    boolean nullable,
    @Nullable String comment,
    Wire wire) {
  /** Checks what must be there. */
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(wire, "wire");
  }

  /** A column without a comment. */
  public Column(
      String name,
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      boolean nullable,
      Wire wire) {
    this(name, type, length, scale, nullable, null, wire);
  }
}
