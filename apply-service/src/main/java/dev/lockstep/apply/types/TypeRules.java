package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one table of what a source column becomes. The source's type decides the target's type, the
 * wire decides how its values are read, the mapping's options choose between forms; what is not
 * here is not supported.
 */
public final class TypeRules {
  /** What becomes of the columns of one type; empty when its values don't come in a known form. */
  private interface Rule {
    Optional<TargetType> target(Column column, SourceType source, TypeOptions options);
  }

  private static final Map<String, Rule> RULES = new TreeMap<>();

  /** Of the types that MariaDB has and MySQL has not, which come as the text that MariaDB shows. */
  private static final Set<String> TEXTS_OF_MARIADB = Set.of("UUID", "INET4", "INET6");

  static {
    numbers();
    texts();
    put((column, _, options) -> Texts.json(column, options), "JSON");
    put(
        (column, _, options) -> Binaries.rule(column, options),
        "BINARY",
        "VARBINARY",
        "CHAR BYTE",
        "TINYBLOB",
        "BLOB",
        "MEDIUMBLOB",
        "LONGBLOB",
        "LONG VARBINARY");
    put((column, _, options) -> Dates.date(column, options), "DATE");
    put((column, _, options) -> Dates.dateTime(column, options), "DATETIME");
    put((column, _, options) -> Dates.timestamp(column, options), "TIMESTAMP");
    put((column, _, options) -> Times.time(column, options), "TIME");
    put((column, _, _) -> Times.year(column), "YEAR");
    put(
        (column, _, options) -> Geometries.rule(column, options),
        "GEOMETRY",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
        "GEOMCOLLECTION");
    put((column, _, _) -> Vectors.rule(column), "VECTOR");
  }

  private TypeRules() {}

  private static void numbers() {
    integer(1, "TINYINT", "INT1", "BOOL", "BOOLEAN");
    integer(2, "SMALLINT", "INT2");
    integer(4, "MEDIUMINT", "MIDDLEINT", "INT3", "INT", "INTEGER", "INT4");
    integer(8, "BIGINT", "INT8", "SERIAL");
    put((column, _, _) -> Bits.rule(column), "BIT");
    put((column, _, _) -> Decimals.rule(column), "DECIMAL", "DEC", "NUMERIC", "FIXED");
    put((column, _, _) -> Floats.single(column), "FLOAT", "FLOAT4");
    put((column, _, _) -> Floats.twice(column), "DOUBLE", "DOUBLE PRECISION", "REAL", "FLOAT8");
  }

  private static void texts() {
    put(
        (column, _, options) -> Texts.rule(column, options, false),
        "CHAR",
        "CHARACTER",
        "NCHAR",
        "NATIONAL CHAR",
        "NATIONAL CHARACTER",
        "CHAR BINARY",
        "NCHAR BINARY",
        "VARCHAR",
        "CHAR VARYING",
        "CHARACTER VARYING",
        "NVARCHAR",
        "NVARCHAR BINARY",
        "NCHAR VARCHAR",
        "NCHAR VARYING",
        "NATIONAL VARCHAR",
        "NATIONAL CHAR VARYING",
        "NATIONAL CHARACTER VARYING",
        "VARCHAR BINARY",
        "VARCHARACTER",
        "NATIONAL VARCHARACTER",
        "TINYTEXT",
        "TEXT",
        "MEDIUMTEXT",
        "LONGTEXT",
        "TINYTEXT BINARY",
        "TEXT BINARY",
        "MEDIUMTEXT BINARY",
        "LONGTEXT BINARY",
        "LONG",
        "LONG VARCHAR");
    put(
        (column, _, options) -> Texts.rule(column, options, true),
        "ENUM",
        "SET",
        "ENUM BINARY",
        "SET BINARY");
  }

  private static void integer(int width, String... names) {
    put((column, source, options) -> Integers.rule(width, column, source, options), names);
  }

  private static void put(Rule rule, String... names) {
    for (String name : names) {
      RULES.put(name, rule);
    }
  }

  /** The names of MySQL's types that have a rule, in upper case and without attributes. */
  static Set<String> names() {
    return RULES.keySet();
  }

  /**
   * The target of a column.
   *
   * @param options what the table's mapping chose for this column; a choice that its type does not
   *     have is not looked at
   * @throws UnsupportedColumnException when there is no exact one, with the way out
   */
  public static TargetColumn target(Column column, TypeOptions options) {
    return target(column, options, ColumnChange.NONE);
  }

  /**
   * The same with what a mapping changes of its values.
   *
   * @throws UnsupportedColumnException when there is no exact one, or the change can't be, with the
   *     way out
   */
  public static TargetColumn target(Column column, TypeOptions options, ColumnChange change) {
    return type(column, options, change, false).column(column, false, options, change);
  }

  /**
   * The target of a column that is part of the key, where no policy may turn two keys into one.
   *
   * @throws UnsupportedColumnException when there is no exact one, or a policy could alter a key,
   *     with the way out
   */
  public static TargetColumn keyTarget(Column column, TypeOptions options) {
    return keyTarget(column, options, ColumnChange.NONE);
  }

  /**
   * The same with what a mapping changes of its values.
   *
   * @throws UnsupportedColumnException when there is no exact one, or two keys could become one,
   *     with the way out
   */
  public static TargetColumn keyTarget(Column column, TypeOptions options, ColumnChange change) {
    TargetType type = type(column, options, change, true);
    if (change.joins()) {
      throw UnsupportedColumnException.maskedKey(column, change);
    }
    if (type.policy().alters()) {
      throw UnsupportedColumnException.alteredKey(column, type.policy());
    }
    if (type.mayBeNull()) {
      throw UnsupportedColumnException.nullableKey(column);
    }
    if (type.name().equals(Texts.JSON)) {
      throw UnsupportedColumnException.jsonKey(column);
    }
    return type.column(column, true, options, change);
  }

  /**
   * The target of a column of a table without a key, whose equal rows ClickHouse has to tell by all
   * columns.
   *
   * @throws UnsupportedColumnException when there is no exact one, or its values can't be grouped
   *     by, with the way out
   */
  public static TargetColumn keylessTarget(Column column, TypeOptions options) {
    return keylessTarget(column, options, ColumnChange.NONE);
  }

  /**
   * The same with what a mapping changes of its values.
   *
   * @throws UnsupportedColumnException when there is no exact one, or its values can't be grouped
   *     by, with the way out
   */
  public static TargetColumn keylessTarget(
      Column column, TypeOptions options, ColumnChange change) {
    TargetType type = type(column, options, change, false);
    if (type.name().equals(Texts.JSON)) {
      throw UnsupportedColumnException.jsonKeyless(column);
    }
    return type.column(column, false, options, change);
  }

  private static TargetType type(
      Column column, TypeOptions options, ColumnChange change, boolean inKey) {
    if (change.type() != null) {
      return Retypes.of(column, options, change.type(), inKey);
    }
    return change.mask() == null
        ? type(column, options)
        : Masks.masked(column, options, change.mask(), change.salt());
  }

  /** The type of a column whose values are as the source has them. */
  static TargetType type(Column column, TypeOptions options) {
    SourceType source = SourceType.of(column);
    Rule rule =
        TEXTS_OF_MARIADB.contains(source.name())
            ? (text, _, chosen) -> Texts.rule(text, chosen, false)
            : RULES.get(source.name());
    return Optional.ofNullable(rule)
        .flatMap(known -> known.target(column, source, options))
        .orElseThrow(
            () ->
                rule == null
                    ? UnsupportedColumnException.unknown(column)
                    : UnsupportedColumnException.of(column));
  }
}
