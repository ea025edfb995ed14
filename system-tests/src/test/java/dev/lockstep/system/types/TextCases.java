package dev.lockstep.system.types;

import static dev.lockstep.system.types.TypeCase.of;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts, bytes, and what MySQL stores as a choice of texts. */
final class TextCases {
  private static final String[] TEXTS = {
    "''",
    "' '",
    "'x'",
    "'tab\\tnew\\nline\\r\\0 zero'",
    "'it''s \"quoted\" `back` \\\\n \\\\'",
    "'ü € 漢字 😀 é'",
    "'NULL'",
    "'\\\\N'",
    "'%_'"
  };
  private static final String[] BYTES = {
    "''", "X'00'", "X'FF'", "X'00FF10807F0A0D09'", "'abc'", "X'C328'", "X'2000'"
  };

  /** More options than a byte can number. */
  private static final int MANY = 300;

  private TextCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(texts(), bytes(), choices(), json()).flatMap(List::stream);
  }

  private static List<TypeCase> texts() {
    return List.of(
        of("CHAR(60)", Form.TEXT, with(TEXTS, "REPEAT('😀', 60)", "'trailing   '", "'  leading'")),
        of("CHAR(0)", Form.TEXT, "''"),
        of("NATIONAL CHAR(10)", Form.TEXT, "''", "'ü'"),
        of("VARCHAR(5000)", Form.TEXT, with(TEXTS, "REPEAT('漢', 5000)", "'trailing   '")),
        of("TINYTEXT", Form.TEXT, with(TEXTS, "REPEAT('x', 255)")),
        of("TEXT", Form.TEXT, with(TEXTS, "REPEAT('ü', 32767)")),
        of("MEDIUMTEXT", Form.TEXT, with(TEXTS, "REPEAT('漢', 70000)")),
        of("LONGTEXT", Form.TEXT, with(TEXTS, "REPEAT('0123456789', 100000)")));
  }

  private static List<TypeCase> bytes() {
    return List.of(
        of("BINARY(8)", Form.BYTES, BYTES),
        of("BINARY(255)", Form.BYTES, "''", "REPEAT(X'FF', 255)", "'a'"),
        of("VARBINARY(4000)", Form.BYTES, with(BYTES, "REPEAT(X'80', 4000)")),
        of("TINYBLOB", Form.BYTES, with(BYTES, "REPEAT(X'00', 255)")),
        of("BLOB", Form.BYTES, with(BYTES, "REPEAT(X'FE', 65535)")),
        of("MEDIUMBLOB", Form.BYTES, with(BYTES, "REPEAT(X'0A', 100000)")),
        of("LONGBLOB", Form.BYTES, with(BYTES, "REPEAT(X'5C27', 500000)")));
  }

  private static List<TypeCase> choices() {
    return List.of(
        of(
            "ENUM('a,b','it''s','ü\\\\x','','漢','\"q\"','a')",
            Form.TEXT,
            "'a,b'",
            "'it''s'",
            "'ü\\\\x'",
            "''",
            "'漢'",
            "'\"q\"'",
            "'a'"),
        of("ENUM('n','y') CHARACTER SET latin1", Form.TEXT, "'n'", "'y'"),
        of(
            "ENUM(%s)".formatted(options(MANY)),
            Form.TEXT,
            "'o1'",
            "'o255'",
            "'o256'",
            "'o" + MANY + "'"),
        of(
            "SET(%s)".formatted(options(64)),
            Form.TEXT,
            "''",
            "'o1'",
            "'o64'",
            "'o32,o33,o63'",
            options(64).replace("','", ",")),
        of(
            "SET('x','y z','ü','it''s','b\\\\s','\"')",
            Form.TEXT,
            "''",
            "'x'",
            "'ü,x'",
            "'x,y z,ü,it''s,b\\\\s,\"'",
            "'b\\\\s'"));
  }

  /** The names {@code o1}, {@code o2} and so on, as they stand in DDL. */
  private static String options(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "'o" + i + "'")
        .collect(Collectors.joining(","));
  }

  private static List<TypeCase> json() {
    return List.of(
        of(
            "JSON",
            Form.JSON,
            "'null'",
            "'{}'",
            "'[]'",
            "'\"\"'",
            "'{\"b\": 1e20, \"a\": [1.0, 123456789012345678.0, 1.5e-7, \"ü\\\\n/\\\\u0001\", null, true]}'",
            "'[18446744073709551615, -9223372036854775808, 0.1, -0.0, 1e-300, 1.7976931348623157e308]'",
            "JSON_OBJECT('d', CAST('2024-01-02' AS DATE), 't', CAST('-12:00:01.5' AS TIME(6)),"
                + " 'dt', CAST('2024-01-02 03:04:05.678' AS DATETIME(3)))",
            "JSON_OBJECT('dec', CAST(1.10 AS DECIMAL(5,2)), 'tiny', CAST(0.0000001 AS DECIMAL(20,10)),"
                + " 'bin', CAST('abc' AS BINARY), 'u', CAST(18446744073709551615 AS UNSIGNED))",
            "JSON_OBJECT('y', CAST(2020 AS YEAR), '', '', 'ü 😀', JSON_ARRAY(JSON_ARRAY(JSON_OBJECT())))",
            "JSON_OBJECT('long', REPEAT('x', 70000))"));
  }

  static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
