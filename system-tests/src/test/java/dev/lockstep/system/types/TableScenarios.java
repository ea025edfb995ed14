package dev.lockstep.system.types;

import java.util.List;
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
        special());
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
