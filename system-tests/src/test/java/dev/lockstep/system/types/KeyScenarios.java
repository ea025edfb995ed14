package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keys of all kinds, and tables without one. */
final class KeyScenarios {
  static final String DATABASE = "types_keys";

  /** What MySQL takes as a key, without a prefix length. */
  private static final Set<String> KEY_TYPES =
      Set.of(
          "TINYINT",
          "SMALLINT UNSIGNED",
          "MEDIUMINT",
          "INT ZEROFILL",
          "BIGINT",
          "BIGINT UNSIGNED",
          "BOOL",
          "BIT(1)",
          "BIT(17)",
          "BIT(64)",
          "DECIMAL(9,2)",
          "DECIMAL(38,10)",
          "DECIMAL(65,30)",
          "FLOAT",
          "DOUBLE",
          "DATE",
          "DATETIME",
          "DATETIME(3)",
          "DATETIME(6)",
          "TIMESTAMP",
          "TIMESTAMP(6)",
          "TIME",
          "TIME(6)",
          "YEAR",
          "ENUM('n','y') CHARACTER SET latin1");

  private KeyScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    List<TypeCase> types = TypeCases.all().stream().filter(KeyScenarios::mayBeKey).toList();
    assertThat(types).extracting(TypeCase::type).containsAll(KEY_TYPES);
    types.forEach(each -> all.add(keyed(all.size(), each)));
    texts().forEach(each -> all.add(keyed(all.size(), each)));
    all.add(
        keyed(
            all.size(),
            TypeCase.of("BINARY(4)", Form.BYTES, "''", "X'FF'", "'ab'", "'abcd'", "X'00000001'")));
    all.add(
        keyed(
            all.size(),
            TypeCase.of("CHAR(20)", Form.TEXT, "''", "'x'", "'ü'", "'漢 😀'", "'it''s'", "'x y'")));
    all.add(
        keyed(
            all.size(),
            TypeCase.of(
                "VARBINARY(20)", Form.BYTES, "''", "X'00'", "X'0000'", "X'FF'", "'a'", "'A'")));
    all.addAll(
        List.of(
            composite(),
            ignoringCase(),
            padded(),
            prefix(),
            uniqueIndex(),
            nullableUnique(),
            withoutKey(),
            wide()));
    return all;
  }

  private static List<TypeCase> texts() {
    return List.of(
        TypeCase.of(
            "SET('x','y z','ü','it''s')",
            Form.TEXT,
            "''",
            "'x'",
            "'ü'",
            "'y z,it''s'",
            "'x,y z,ü,it''s'"),
        TypeCase.of(
            "VARCHAR(20) CHARACTER SET latin1", Form.TEXT, "''", "'x'", "'ä'", "'€'", "'it''s'"),
        TypeCase.of("CHAR(20) CHARACTER SET sjis", Form.TEXT, "''", "'x'", "'漢'", "'ソ'", "'ｱ'"),
        TypeCase.of("VARCHAR(20) CHARACTER SET gbk", Form.TEXT, "''", "'x'", "'汉'", "'x y'"),
        TypeCase.of(
            "CHAR(20) CHARACTER SET utf16", Form.TEXT, "''", "'x'", "'ü'", "'漢 😀'", "'x y'"));
  }

  /** Whether a type may be a key as it is. */
  static boolean mayBeKey(TypeCase type) {
    return KEY_TYPES.contains(type.type());
  }

  /** Every value is a key; all are updated, moved to other keys, and some deleted. */
  private static Scenario keyed(int number, TypeCase of) {
    String table = DATABASE + ".k" + number;
    List<String> values =
        of.values().stream()
            .filter(value -> !of.type().startsWith("TIMESTAMP") || value.contains("+00:00"))
            .distinct()
            .toList();
    String half =
        IntStream.range(0, (values.size() + 1) / 2)
            .mapToObj(i -> row(values, i))
            .collect(Collectors.joining(", "));
    List<String> change = new ArrayList<>();
    for (int i = (values.size() + 1) / 2; i < values.size(); i++) {
      change.add("INSERT INTO %s VALUES %s".formatted(table, row(values, i)));
    }
    change.add("UPDATE %s SET v = v + 1000".formatted(table));
    change.add("DELETE FROM %s WHERE v = 1000".formatted(table));
    change.add("UPDATE %s SET k = %s, v = -1 WHERE v = 1001".formatted(table, values.getFirst()));
    return new Scenario(
        "PRIMARY KEY " + of,
        List.of(
            "CREATE TABLE %s (k %s PRIMARY KEY, v INT)".formatted(table, of.type()),
            "INSERT INTO %s VALUES %s".formatted(table, half)),
        change,
        "SELECT %s, v FROM %s".formatted(of.form().ofSource("k"), table),
        "SELECT %s, v FROM %s FINAL".formatted(of.form().ofTarget("k"), table));
  }

  private static String row(List<String> values, int i) {
    return "(%s, %d)".formatted(values.get(i), i);
  }

  private static Scenario composite() {
    return scenario(
        "a composite key, not in the order of its columns",
        "composite",
        "a INT, b VARCHAR(20), c DATE, v INT, PRIMARY KEY (c, a, b)",
        "CAST(a AS CHAR), HEX(b), CAST(c AS CHAR), v",
        "toString(a), hex(b), toString(c), v FROM {} FINAL",
        List.of(
            "INSERT INTO {} VALUES (1, 'x', '2024-01-01', 1), (1, 'X ', '2024-01-02', 2), (2, 'y', '2024-01-01', 3)"),
        List.of(
            "INSERT INTO {} VALUES (3, '', '1900-01-01', 4), (3, 'ü', '1900-01-01', 5)",
            "UPDATE {} SET c = '2024-02-02', v = 6 WHERE a = 1 AND c = '2024-01-01'",
            "UPDATE {} SET b = CONCAT(b, '!')",
            "UPDATE {} SET v = v + 10",
            "DELETE FROM {} WHERE a = 2"));
  }

  private static Scenario ignoringCase() {
    return scenario(
        "a key whose collation ignores case and accents",
        "ignoring_case",
        "k VARCHAR(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v INT",
        "HEX(k), v",
        "hex(k), v FROM {} FINAL",
        List.of("INSERT INTO {} VALUES ('a', 1), ('b', 1), ('c', 1), ('e', 1), ('f', 1), ('g', 1)"),
        List.of(
            "UPDATE {} SET k = 'A' WHERE k = 'a'",
            "REPLACE INTO {} VALUES ('B', 2)",
            "INSERT INTO {} VALUES ('C', 3) ON DUPLICATE KEY UPDATE k = 'C', v = 3",
            "UPDATE {} SET k = 'É', v = 4 WHERE k = 'e'",
            "DELETE FROM {} WHERE k = 'F'",
            "INSERT INTO {} VALUES ('F', 5)",
            "UPDATE {} SET v = 6 WHERE k = 'G'",
            "INSERT INTO {} VALUES ('h', 7)",
            "UPDATE {} SET k = 'H' WHERE k = 'h'",
            "UPDATE {} SET k = 'h' WHERE k = 'h'",
            "DELETE FROM {} WHERE k = 'H'"));
  }

  private static Scenario padded() {
    return scenario(
        "a key whose collation ignores trailing spaces",
        "padded",
        "k VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v INT",
        "HEX(k), v",
        "hex(k), v FROM {} FINAL",
        List.of("INSERT INTO {} VALUES ('a', 1), ('b ', 1), ('', 1)"),
        List.of(
            "UPDATE {} SET k = 'a  ' WHERE k = 'A'",
            "REPLACE INTO {} VALUES ('b', 2)",
            "INSERT INTO {} VALUES (' ', 3) ON DUPLICATE KEY UPDATE k = ' ', v = 3"));
  }

  /** Rows that differ in the first characters differ, so the whole text tells them apart too. */
  private static Scenario prefix() {
    return scenario(
        "a key of the first characters of a text and the first bytes of a blob",
        "prefix",
        "k TEXT, b BLOB, v INT, PRIMARY KEY (k(10), b(2))",
        "HEX(k), HEX(b), v",
        "hex(k), hex(b), v FROM {} FINAL",
        List.of(
            "INSERT INTO {} VALUES ('0123456789a', X'00FF01', 1), ('0123456789a', X'00FE', 2),"
                + " ('ü', '', 3), ('', '', 4), ('gone', '', 5)"),
        List.of(
            "UPDATE {} SET k = '0123456789b' WHERE v = 1",
            "REPLACE INTO {} VALUES ('0123456789A and more', X'00FE02', 6)",
            "INSERT INTO {} VALUES ('ü', '', 7) ON DUPLICATE KEY UPDATE k = 'Ü', v = 7",
            "UPDATE {} SET b = X'00' WHERE v = 4",
            "UPDATE {} SET v = v + 100",
            "DELETE FROM {} WHERE v = 105",
            "INSERT INTO {} VALUES (REPEAT('漢', 5000), REPEAT(X'FF', 5000), 8)"));
  }

  private static Scenario uniqueIndex() {
    return scenario(
        "a unique index in place of a primary key",
        "unique_index",
        "a INT NOT NULL, b VARCHAR(10) NOT NULL, c INT, UNIQUE KEY (b, a)",
        "a, HEX(b), c",
        "a, hex(b), c FROM {} FINAL",
        List.of("INSERT INTO {} VALUES (1, 'x', 3), (2, 'x', NULL), (1, 'y', 4)"),
        List.of(
            "UPDATE {} SET a = a + 10 WHERE b = 'x'",
            "UPDATE {} SET c = 9",
            "DELETE FROM {} WHERE b = 'y'",
            "INSERT INTO {} VALUES (1, 'y', 5)"));
  }

  private static Scenario nullableUnique() {
    return scenario(
        "a unique index with NULLs, which is no key",
        "nullable_unique",
        "a INT, b INT, UNIQUE KEY (a)",
        "a, b",
        "a, b FROM {}",
        List.of("INSERT INTO {} VALUES (NULL, 1), (NULL, 1), (2, 2)"),
        List.of(
            "UPDATE {} SET b = 5 WHERE a = 2",
            "DELETE FROM {} WHERE a IS NULL LIMIT 1",
            "INSERT INTO {} VALUES (NULL, 7)"));
  }

  private static Scenario withoutKey() {
    List<String> change = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      change.add(
          "INSERT INTO {} VALUES (%d, 'x', 0.1, '2024-01-01 00:00:00', X'00'), (%d, 'x', 0.1, '2024-01-01 00:00:00', X'00')"
              .formatted(i % 3, i % 3));
      change.add("UPDATE {} SET b = 'y', c = NULL WHERE a = %d LIMIT 2".formatted(i % 3));
      change.add("DELETE FROM {} WHERE a = %d LIMIT %d".formatted((i + 1) % 3, i % 3));
      change.add("UPDATE {} SET a = 1 - a WHERE a < 2 LIMIT 1");
    }
    return scenario(
        "no key: as many equal rows as the source has",
        "without_key",
        "a INT, b TEXT, c FLOAT, d DATETIME, e BLOB",
        "a, HEX(b), " + Form.FLOATING.ofSource("c") + ", CAST(d AS CHAR), HEX(e)",
        "a, hex(b), " + Form.FLOATING.ofTarget("c") + ", toString(d), hex(e) FROM {}",
        List.of(
            "INSERT INTO {} VALUES (1, 'x', NULL, NULL, ''), (1, 'x', NULL, NULL, ''), (NULL, NULL, NULL, NULL, NULL), (NULL, NULL, NULL, NULL, NULL), (0, 'z', 16777217.5, '1900-01-01', X'FF')"),
        change);
  }

  private static Scenario wide() {
    String columns = names().map(name -> name + " INT").collect(Collectors.joining(", "));
    String sum =
        names().map(name -> "COALESCE(" + name + ", -1)").collect(Collectors.joining(", "));
    return scenario(
        "1,000 columns",
        "wide",
        "id INT PRIMARY KEY, " + columns,
        "id, CONCAT_WS(',', " + sum + ")",
        "id, concatWithSeparator(',', "
            + sum.replace("COALESCE", "toString(COALESCE").replace(", -1)", ", -1))")
            + ") FROM {} FINAL",
        List.of(
            "INSERT INTO {} VALUES (1, "
                + names().map(name -> name.substring(1)).collect(Collectors.joining(", "))
                + ")"),
        List.of(
            "INSERT INTO {} SELECT id + 1, "
                + names().map(name -> name + " * 2").collect(Collectors.joining(", "))
                + " FROM {}",
            "UPDATE {} SET c7 = NULL, c998 = -5 WHERE id = 1",
            "INSERT INTO {} (id) VALUES (3)"));
  }

  private static Stream<String> names() {
    return IntStream.range(0, 999).mapToObj(i -> "c" + i);
  }

  /**
   * @param target what the target shows, with {@code {}} for the table; one of a multiset shows the
   *     rows themselves, without FINAL
   */
  private static Scenario scenario(
      String label,
      String table,
      String columns,
      String source,
      String target,
      List<String> begin,
      List<String> change) {
    String name = DATABASE + "." + table;
    List<String> sql = new ArrayList<>();
    sql.add("CREATE TABLE {} (" + columns + ")");
    sql.addAll(begin);
    return new Scenario(
        label,
        sql.stream().map(each -> each.replace("{}", name)).toList(),
        change.stream().map(each -> each.replace("{}", name)).toList(),
        "SELECT " + source + " FROM " + name,
        "SELECT " + target.replace("{}", name));
  }
}
