package dev.lockstep.system.types;

import static dev.lockstep.system.types.TypeCase.of;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Numbers of all sizes. */
final class NumberCases {
  private NumberCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(integers(), bits(), decimals(), floats()).flatMap(List::stream);
  }

  private static List<TypeCase> integers() {
    List<TypeCase> cases = new ArrayList<>();
    integer(cases, "TINYINT", "-128", "127", "255");
    integer(cases, "SMALLINT", "-32768", "32767", "65535");
    integer(cases, "MEDIUMINT", "-8388608", "8388607", "16777215");
    integer(cases, "INT", "-2147483648", "2147483647", "4294967295");
    integer(cases, "BIGINT", "-9223372036854775808", "9223372036854775807", "18446744073709551615");
    cases.add(of("BIGINT UNSIGNED", Form.INTEGER, "18446744073709551614", "9223372036854775808"));
    cases.add(of("BOOL", Form.INTEGER, "TRUE", "FALSE", "-128", "127"));
    cases.add(of("TINYINT(1)", Form.INTEGER, "1", "0", "-128", "127"));
    cases.add(of("INTEGER(3) ZEROFILL", Form.INTEGER, "1", "4294967295"));
    return cases;
  }

  private static void integer(
      List<TypeCase> cases, String type, String minimum, String maximum, String unsigned) {
    cases.add(of(type, Form.INTEGER, minimum, maximum, "0", "-1", "42"));
    cases.add(of(type + " UNSIGNED", Form.INTEGER, "0", unsigned, maximum, "7"));
    cases.add(of(type + " ZEROFILL", Form.INTEGER, "0", unsigned, "7"));
  }

  private static List<TypeCase> bits() {
    return List.of(
        of("BIT(1)", Form.BITS, "b'0'", "b'1'"),
        of("BIT(2)", Form.BITS, "b'00'", "b'11'", "b'10'"),
        of("BIT(8)", Form.BITS, "0", "255", "b'10000001'"),
        of("BIT(9)", Form.BITS, "0", "511", "256"),
        of("BIT(16)", Form.BITS, "0", "65535", "32768", "258"),
        of("BIT(32)", Form.BITS, "0", "4294967295", "2147483648", "16909060"),
        of("BIT(33)", Form.BITS, "0", "8589934591", "4294967296"),
        of("BIT(17)", Form.BITS, "0", "131071", "65536", "258"),
        of(
            "BIT(64)",
            Form.BITS,
            "0",
            "18446744073709551615",
            "18446744073709551614",
            "72623859790382856"));
  }

  private static List<TypeCase> decimals() {
    List<TypeCase> cases = new ArrayList<>();
    for (int[] size :
        new int[][] {
          {1, 0}, {9, 2}, {10, 0}, {18, 18}, {19, 4}, {38, 10}, {39, 0}, {65, 0}, {65, 30}
        }) {
      decimal(cases, size[0], size[1]);
    }
    cases.add(of("DECIMAL(65,30) ZEROFILL", Form.decimal(65, 30), "0", "1.5", digits(65, 30)));
    cases.add(of("DECIMAL", Form.decimal(10, 0), "9999999999", "-9999999999", "0"));
    cases.add(of("NUMERIC(12,3) UNSIGNED", Form.decimal(12, 3), "0", "999999999.999", "0.001"));
    cases.add(of("DECIMAL(7,2) ZEROFILL", Form.decimal(7, 2), "0", "99999.99", "1.5"));
    return cases;
  }

  private static void decimal(List<TypeCase> cases, int precision, int scale) {
    String maximum = digits(precision, scale);
    String smallest = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
    cases.add(
        of(
            "DECIMAL(%d,%d)".formatted(precision, scale),
            Form.decimal(precision, scale),
            maximum,
            "-" + maximum,
            "0",
            smallest,
            "-" + smallest));
  }

  private static String digits(int precision, int scale) {
    String whole = precision == scale ? "0" : "9".repeat(precision - scale);
    return scale == 0 ? whole : whole + "." + "9".repeat(scale);
  }

  private static List<TypeCase> floats() {
    return List.of(
        of(
            "FLOAT",
            Form.FLOATING,
            "3.4028234663852886e38",
            "-3.4028234663852886e38",
            "1.4e-45",
            "1.17549435e-38",
            "0",
            "0.1",
            "-0.5",
            "16777217.5",
            "123456.78",
            "8388609"),
        of("FLOAT UNSIGNED", Form.FLOATING, "0", "3.4028234663852886e38", "1.1"),
        of("FLOAT(7,4)", Form.FLOATING, "999.9999", "-999.9999", "0", "123.4567", "1.1"),
        of("FLOAT(53)", Form.FLOATING, "0.1", "16777217.5"),
        of(
            "DOUBLE",
            Form.FLOATING,
            "1.7976931348623157e308",
            "-1.7976931348623157e308",
            "5e-324",
            "2.2250738585072014e-308",
            "0",
            "0.1",
            "-1e0",
            "123456789012345678",
            "0.30000000000000004"),
        of("DOUBLE(10,3) UNSIGNED", Form.FLOATING, "9999999.999", "0", "0.1"),
        of("REAL ZEROFILL", Form.FLOATING, "1.5", "0"));
  }
}
