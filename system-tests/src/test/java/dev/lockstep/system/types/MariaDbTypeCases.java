package dev.lockstep.system.types;

import static dev.lockstep.system.types.TypeCase.of;

import java.util.List;
import java.util.stream.Stream;

/** Every type of MariaDB 10.11: those that it shares with MySQL, and its own. */
final class MariaDbTypeCases {
  /** How MySQL writes an instant, which MariaDB does not read. */
  private static final String IN_UTC = "+00:00'";

  private MariaDbTypeCases() {}

  static List<TypeCase> all() {
    Stream<TypeCase> shared =
        TypeCases.all().stream()
            .filter(type -> !type.type().matches("JSON|VECTOR.*|.* SRID .*"))
            .map(MariaDbTypeCases::asMariaDbReadsIt);
    return Stream.concat(shared, own()).toList();
  }

  /** Without collections of collections, which MariaDB does not read. */
  private static TypeCase asMariaDbReadsIt(TypeCase type) {
    return new TypeCase(
        type.type(),
        type.form(),
        type.values().stream()
            .filter(value -> !value.contains(",GEOMETRYCOLLECTION("))
            .map(MariaDbTypeCases::withInstant)
            .toList());
  }

  private static String withInstant(String value) {
    return value.endsWith(IN_UTC)
        ? "CONVERT_TZ(" + value.replace(IN_UTC, "'") + ", '+00:00', @@session.time_zone)"
        : value;
  }

  private static Stream<TypeCase> own() {
    return Stream.of(
        of("TIME DEFAULT 0", Form.TEMPORAL, "'10:00:00'", "'00:00:00'"),
        of(
            "JSON",
            Form.TEXT,
            "'null'",
            "'{}'",
            "'{\"b\":1e20, \"a\":  [1.0, null, \"ü 😀\"]}'",
            "JSON_OBJECT('long', REPEAT('x', 70000))"),
        of(
            "UUID",
            Form.TEXT,
            "'123e4567-e89b-12d3-a456-426655440000'",
            "'00000000-0000-0000-0000-000000000000'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "'017F22E2-79B0-7CC3-98C4-DC0C0C07398F'",
            "'123e4567-e89b-42d3-0456-000000000000'"),
        of(
            "INET6",
            Form.TEXT,
            "'::'",
            "'::1'",
            "'2001:db8::ff00:42:8329'",
            "'::ffff:192.168.0.1'",
            "'1:0:2:3:4:5:6:0'",
            "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'"),
        of("INET4", Form.TEXT, "'0.0.0.0'", "'10.0.0.0'", "'255.255.255.255'", "'192.168.0.1'"));
  }
}
