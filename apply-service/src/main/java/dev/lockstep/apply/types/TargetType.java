package dev.lockstep.apply.types;

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

  TargetColumn column(String columnName, boolean nullable) {
    String whole = nullable ? "Nullable(" + name + ")" : name;
    return new TargetColumn(
        columnName,
        lowCardinality ? "LowCardinality(" + whole + ")" : whole,
        nullable ? Nulls.allowed(encoder) : Nulls.refused(encoder));
  }
}
