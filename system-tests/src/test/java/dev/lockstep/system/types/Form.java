package dev.lockstep.system.types;

/**
 * One canonical text of a type's values on both ends, written by each server itself. Both are NULL
 * for NULL.
 *
 * @param source an SQL expression of MySQL, with {@code {}} for the column
 * @param target an SQL expression of ClickHouse, with {@code {}} for the column
 */
record Form(String source, String target) {
  static final Form INTEGER = new Form("CAST({} + 0 AS CHAR)", "toString({})");
  static final Form BITS = new Form("CAST({} + 0 AS CHAR)", "toString(toUInt64({}))");

  /** The eight bytes of the double: MySQL shows them in a point's WKB only. */
  static final Form FLOATING =
      new Form(
          "HEX(REVERSE(SUBSTR(ST_AsWKB(POINT(CAST({} AS DOUBLE), 0)), 6, 8)))",
          "leftPad(hex(reinterpretAsUInt64(toFloat64({}))), 16, '0')");

  /** The text's bytes in UTF-8, whatever the column's character set. */
  static final Form TEXT = new Form("HEX(CONVERT({} USING utf8mb4))", "hex({})");

  static final Form BYTES = new Form("HEX({})", "hex({})");
  static final Form JSON = new Form("HEX(CAST({} AS CHAR))", "hex({})");
  static final Form TEMPORAL = new Form("CAST({} AS CHAR)", "toString({})");

  /** The SRID, and the WKB in the order x, y that GIS programs expect. */
  static final Form GEOMETRY =
      new Form(
          "CONCAT(ST_SRID({}), ' ', HEX(SUBSTR({}, 5)))",
          "concat(toString(tupleElement({}, 1)), ' ', hex(tupleElement({}, 2)))");

  /** The floats' bytes; an array can't be NULL in ClickHouse, and a vector is never empty. */
  static final Form VECTOR =
      new Form(
          "HEX({})",
          "if(empty({}), NULL, arrayStringConcat(arrayMap(x -> hex(reinterpretAsFixedString(x)), {})))");

  /** A decimal with all the digits of its scale. */
  static Form decimal(int precision, int scale) {
    return new Form(
        "CAST(CAST({} AS DECIMAL(%d,%d)) AS CHAR)".formatted(precision, scale),
        "toDecimalString({}, %d)".formatted(scale));
  }

  /** MySQL's text of a column, which is quoted already. */
  String ofSource(String column) {
    return source.replace("{}", column);
  }

  /** ClickHouse's text of a column, which is quoted already. */
  String ofTarget(String column) {
    return target.replace("{}", column);
  }
}
