package dev.lockstep.capture.ddl;

import java.util.List;

/**
 * An index of a table.
 *
 * @param kind what it enforces
 * @param name its name in MySQL, which a later DDL may drop it by; empty until MySQL's rule has
 *     given one
 * @param named whether a statement named it; else its name was worked out
 * @param columns the names of its columns in their order, without expressions
 */
record TableIndex(Kind kind, String name, boolean named, List<String> columns) {
  static final String PRIMARY_NAME = "PRIMARY";

  enum Kind {
    PRIMARY,
    UNIQUE,
    /** Unique in the first characters or bytes of a column, and so in the column too. */
    UNIQUE_PREFIX,
    /** Not a key of rows: not unique, or unique in an expression. */
    OTHER
  }

  TableIndex {
    columns = List.copyOf(columns);
  }

  static TableIndex primary(List<String> columns) {
    return new TableIndex(Kind.PRIMARY, PRIMARY_NAME, true, columns);
  }

  TableIndex withName(String given, boolean byStatement) {
    return new TableIndex(kind, given, byStatement, columns);
  }

  TableIndex withColumns(List<String> others) {
    return new TableIndex(kind, name, named, others);
  }

  boolean hasName(String other) {
    return name.equalsIgnoreCase(other);
  }
}
