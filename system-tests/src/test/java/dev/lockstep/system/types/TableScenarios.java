package dev.lockstep.system.types;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Identifiers with every odd character, and columns that are more than a type. */
final class TableScenarios {
  static final String DATABASE = "types we\"i.rd'd`a\\t ü漢";

  private TableScenarios() {}

  static List<Scenario> all() {
    return List.of(
        named("select"),
        named("a b"),
        named("a_b"),
        named("a.c"),
        named("qu\"o`t'e"),
        named("back\\slash\\n"),
        named("ü漢"),
        named("x".repeat(64)),
        named("$%&/()=?{}[]#+*~,;:<>|!@^-"),
        neighbours(),
        special());
  }

  /**
   * The binlog numbers the columns that have a character set: each kind of type, followed by texts
   * and bytes that show whether it was counted.
   */
  private static Scenario neighbours() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("VECTOR(1)", "STRING_TO_VECTOR('[1]')");
    kinds.put("POINT", "POINT(1, 2)");
    kinds.put("GEOMETRYCOLLECTION", "NULL");
    kinds.put("JSON", "'{}'");
    kinds.put("ENUM('ä')", "'ä'");
    kinds.put("SET('ö')", "'ö'");
    kinds.put("VARBINARY(9)", "X'FD'");
    kinds.put("TINYTEXT CHARACTER SET sjis", "'あ'");
    kinds.put("BIT(9)", "1");
    kinds.put("DATETIME(6)", "'2024-01-01'");
    String table = Quoted.source(DATABASE) + ".neighbours";
    StringBuilder definitions = new StringBuilder();
    StringBuilder values = new StringBuilder();
    StringBuilder source = new StringBuilder();
    StringBuilder target = new StringBuilder();
    int i = 0;
    for (var kind : kinds.entrySet()) {
      definitions.append(
          ", k%1$d %2$s, l%1$d CHAR(9) CHARACTER SET latin1, b%1$d BLOB, u%1$d VARCHAR(9) CHARACTER SET utf16"
              .formatted(i, kind.getKey()));
      values.append(", %s, 'ä', X'FF80', 'ü漢'".formatted(kind.getValue()));
      source.append(
          ", HEX(CONVERT(l%1$d USING utf8mb4)), HEX(b%1$d), HEX(CONVERT(u%1$d USING utf8mb4))"
              .formatted(i));
      target.append(", hex(l%1$d), hex(b%1$d), hex(u%1$d)".formatted(i));
      i++;
    }
    return new Scenario(
        "texts and bytes beside every kind of type",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY%s)".formatted(table, definitions),
            "INSERT INTO %s VALUES (1%s)".formatted(table, values)),
        List.of("INSERT INTO %s VALUES (2%s)".formatted(table, values)),
        "SELECT id%s FROM %s".formatted(source, table),
        "SELECT id%s FROM %s FINAL".formatted(target, Quoted.target(DATABASE) + ".neighbours"));
  }

  private static Scenario named(String table) {
    String source = Quoted.source(DATABASE) + "." + Quoted.source(table);
    String target = Quoted.target(DATABASE) + "." + Quoted.target(table);
    List<String> names =
        List.of(
            "id.x",
            "select",
            "a b",
            "q`\"'",
            "back\\slash",
            "ü漢",
            "FROM",
            "_version_",
            "1",
            "a,b(c)",
            "A b2");
    String columns =
        String.join(", ", names.stream().map(name -> Quoted.source(name) + " INT").toList());
    return new Scenario(
        "a table with the name " + table,
        List.of(
            "CREATE TABLE %s (%s, PRIMARY KEY (`id.x`, `q``\"'`))".formatted(source, columns),
            "INSERT INTO %s VALUES (1,2,3,4,5,6,7,8,9,10,%d), (2,0,0,0,0,0,0,0,0,0,0)"
                .formatted(source, table.length())),
        List.of(
            "INSERT INTO %s VALUES (3,2,3,4,5,6,7,8,9,10,11)".formatted(source),
            "UPDATE %s SET `select` = 7, `back\\slash` = 8 WHERE `id.x` = 1".formatted(source),
            "DELETE FROM %s WHERE `id.x` = 2".formatted(source)),
        "SELECT %s FROM %s".formatted(list(names, Quoted::source), source),
        "SELECT %s FROM %s FINAL".formatted(list(names, Quoted::target), target));
  }

  private static String list(List<String> names, UnaryOperator<String> quoted) {
    return String.join(", ", names.stream().map(quoted).toList());
  }

  private static Scenario special() {
    String source = Quoted.source(DATABASE) + ".special";
    String target = Quoted.target(DATABASE) + ".special";
    String columns = "id, a, gs, gv, iv, HEX(x), CAST(d AS CHAR), HEX(e), CAST(geo AS CHAR)";
    return new Scenario(
        "generated, invisible, defaults, functional indexes, AUTO_INCREMENT, comments",
        List.of(
            """
            CREATE TABLE {} (
              id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
              a INT DEFAULT 5 COMMENT 'it''s a \\\\ "comment"',
              gs INT AS (a * 2) STORED NOT NULL,
              gv INT AS (a + 1) VIRTUAL COMMENT 'ü漢',
              iv INT INVISIBLE DEFAULT 9,
              x VARCHAR(10) DEFAULT 'it''s',
              d DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
              e VARCHAR(40) DEFAULT (UUID()),
              g POINT SRID 4326,
              geo DOUBLE AS (ST_Latitude(g)) STORED,
              KEY fx ((a + 1)), KEY fl ((LOWER(x)))) COMMENT 'the ''table'''
            """
                .replace("{}", source),
            "INSERT INTO %s () VALUES (), ()".formatted(source),
            "INSERT INTO %s (a, x) VALUES (7, NULL)".formatted(source)),
        List.of(
            "INSERT INTO %s () VALUES ()".formatted(source),
            "INSERT INTO %s (id, a, iv) VALUES (18446744073709551614, -7, NULL)".formatted(source),
            "UPDATE %s SET a = a + 1".formatted(source),
            "UPDATE %s SET g = ST_GeomFromText('POINT(1 2)', 4326) WHERE id = 1".formatted(source),
            "DELETE FROM %s WHERE id = 2".formatted(source)),
        "SELECT %s FROM %s".formatted(columns, source),
        "SELECT id, a, gs, gv, iv, hex(x), toString(d), hex(e), toString(geo) FROM %s FINAL"
            .formatted(target));
  }
}
