package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;

/**
 * A type of the target, before it is known whether it may hold NULL.
 *
 * @param name ClickHouse's name, as {@code system.columns} writes it
 * @param lowCardinality whether it is wrapped in LowCardinality
 * @param encoder writes a value that is not NULL
 */
record TargetType(String name, boolean lowCardinality, ValueEncoder encoder) {
  TargetType(String name, ValueEncoder encoder) {
    this(name, false, encoder);
  }

  TargetColumn column(Column column) {
    boolean nullable = column.nullable();
    String whole = nullable ? "Nullable(" + name + ")" : name;
    return new TargetColumn(
        column.name(),
        lowCardinality ? "LowCardinality(" + whole + ")" : whole,
        null,
        column.comment(),
        nullable ? Nulls.allowed(encoder) : Nulls.refused(encoder),
        false);
  }
}
