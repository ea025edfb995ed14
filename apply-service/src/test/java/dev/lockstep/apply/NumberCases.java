package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.BoolLike;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.stream.Stream;

/** Numbers: least, greatest, typical, and beyond. */
final class NumberCases {
  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final TypeOptions BOOL =
      new TypeOptions(null, null, null, null, null, null, BoolLike.BOOL, null, null);

  private NumberCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(integers(), bits(), floats(), decimals()).flatMap(cases -> cases);
  }

  private static Stream<TypeCase> integers() {
    return Stream.of(
        integer("TINYINT", "int16", "Int8", "-128", "127"),
        integer("TINYINT UNSIGNED", "int16", "UInt8", "0", "255"),
        integer("TINYINT UNSIGNED ZEROFILL", "int16", "UInt8", "0", "255"),
        integer("BOOL", "int16", "Int8", "-128", "127"),
        integer("SMALLINT", "int16", "Int16", "-32768", "32767"),
        integer("SMALLINT UNSIGNED", "int32", "UInt16", "0", "65535"),
        integer("MEDIUMINT", "int32", "Int32", "-2147483648", "2147483647"),
        integer("MEDIUMINT UNSIGNED", "int32", "UInt32", "0", "16777215", "x"),
        integer("INT", "int32", "Int32", "-2147483648", "2147483647"),
        integer("INTEGER", "int32", "Int32", "-2147483648", "2147483647"),
        integer("INT UNSIGNED", "int64", "UInt32", "0", "4294967295"),
        integer("INT UNSIGNED ZEROFILL", "int64", "UInt32", "0", "4294967295"),
        integer("INT ZEROFILL", "int64", "UInt32", "0", "4294967295"),
        integer("BIGINT", "int64", "Int64", "-9223372036854775808", "9223372036854775807"),
        TypeCase.of("BIGINT UNSIGNED", "int64", "UInt64")
            .good("0", "0")
            .good("-2", "18446744073709551614")
            .good("-9223372036854775808", "9223372036854775808")
            .bad("9223372036854775808", "1.5", "\"1\"", "true"),
        TypeCase.of("BIGINT UNSIGNED", null, 0, "bytes", DECIMAL, "UInt64")
            .good(unscaled("0"), "0")
            .good(unscaled("18446744073709551615"), "18446744073709551615")
            .bad(unscaled("18446744073709551616"), unscaled("-1"), "\"\"", "\"%\""),
        TypeCase.of("TINYINT", 1, null, "int16", null, "Bool")
            .with("BOOL", BOOL)
            .good("0", "false")
            .good("1", "true")
            .bad("2", "value 2 is neither 0 nor 1: set boolLike to INT8")
            .bad("-1")
            .bad("true"),
        TypeCase.of("BOOLEAN", "int16", "Bool").with("BOOL", BOOL).good("1", "true").bad("9"),
        TypeCase.of("TINYINT", 4, null, "int16", null, "Int8").with("BOOL", BOOL).good("9", "9"));
  }

  private static TypeCase integer(
      String type, String wire, String target, String min, String max, String... bad) {
    TypeCase values = TypeCase.of(type, wire, target).good(min, min).good(max, max).good("1", "1");
    if (bad.length == 0) {
      values.bad(new BigDecimal(max).add(BigDecimal.ONE).toString());
      values.bad(new BigDecimal(min).subtract(BigDecimal.ONE).toString());
    }
    return values.bad("1.5", "\"1\"", "true", "{}", "[1]");
  }

  private static TypeCase bool(TypeCase values) {
    return values.good("true", "true").good("false", "false");
  }

  private static Stream<TypeCase> bits() {
    return Stream.of(
        bool(TypeCase.of("BIT", 1, null, "boolean", null, "Bool")).bad("1"),
        bit(2, "UInt8").good("\"Aw==\"", "3").bad("\"BA==\"", "value 4 is beyond BIT(2)"),
        bit(8, "UInt8").good("\"gQ==\"", "129").good("\"/w==\"", "255").bad("\"AAE=\"", "256"),
        bit(9, "UInt16").good("\"/wE=\"", "511").bad("\"AAI=\"", "value 512 is beyond BIT(9)"),
        bit(16, "UInt16").good("\"AQI=\"", "513").good("\"//8=\"", "65535"),
        bit(17, "UInt32").good("\"//8B\"", "131071").bad("\"AAAC\"", "131072"),
        bit(32, "UInt32").good("\"/////w==\"", "4294967295"),
        bit(33, "UInt64").good("\"/////wE=\"", "8589934591").bad("\"AAAAAAI=\""),
        bit(64, "UInt64")
            .good("\"/v////////8=\"", "18446744073709551614")
            .good("\"AAAAAAAAAIA=\"", "9223372036854775808")
            .bad("\"AAAAAAAAAAAA\"", "more bytes"));
  }

  private static TypeCase bit(int bits, String target) {
    return TypeCase.of("BIT", bits, "bytes", "io.debezium.data.Bits", target)
        .good("\"AA==\"", "0")
        .good("\"AQ==\"", "1")
        .bad("\"\"", "1", "true", "\"*\"");
  }

  private static Stream<TypeCase> floats() {
    return Stream.of(
        floating(TypeCase.of("FLOAT", "float32", "Float32"))
            .good("-3.4028235E38", "-3.4028235e38")
            .good("1.4E-45", "1e-45")
            .good("1.6777218E7", "16777218")
            .bad("1e39")
            .bad("-1e39"),
        TypeCase.of("FLOAT UNSIGNED", 7, 4, "float64", null, "Float32")
            .good("123.45670318603516", "123.4567")
            .good("1.100000023841858", "1.1")
            .good("0.0", "0")
            .bad("123.4567", "value 123.4567 is not a value of Float32")
            .bad("1e39")
            .bad("\"1\""),
        floating(TypeCase.of("FLOAT", 53, null, "float64", null, "Float64")),
        floating(TypeCase.of("DOUBLE PRECISION", "float64", "Float64"))
            .good("1.7976931348623157E308", "1.7976931348623157e308")
            .good("4.9E-324", "5e-324")
            .good("2.2250738585072014E-308", "2.2250738585072014e-308")
            .bad("1e309"),
        floating(TypeCase.of("DOUBLE", 10, 3, "float64", null, "Float64")).good("1.5", "1.5"));
  }

  private static TypeCase floating(TypeCase values) {
    return values
        .good("0.1", "0.1")
        .good("-7", "-7")
        .good("0.0", "0")
        .good("-0.0", "-0")
        .bad("\"1\"", "true", "{}");
  }

  private static Stream<TypeCase> decimals() {
    return Stream.of(
        decimal("DECIMAL", 10, 2, "99999999.99", "100000000.00"),
        decimal("NUMERIC", 5, 0, "99999", "100000"),
        decimal("DEC UNSIGNED", 18, 4, "99999999999999.9999", "100000000000000.0000"),
        decimal("FIXED", 19, 0, "9999999999999999999", "10000000000000000000"),
        decimal("DECIMAL", 38, 10, nines(28, 10), "1" + "0".repeat(28) + "." + "0".repeat(10)),
        decimal("DECIMAL", 65, 30, nines(35, 30), "1" + "0".repeat(35) + "." + "0".repeat(30)),
        TypeCase.of("DECIMAL", 10, 2, "string", null, "Decimal(10, 2)")
            .good("\"1.10\"", "1.1")
            .good("\"-99999999.99\"", "-99999999.99")
            .good("\"5\"", "5")
            .bad("\"1.101\"", "\"100000000\"", "\"x\"", "1.1"));
  }

  private static String nines(int before, int after) {
    return "9".repeat(before) + "." + "9".repeat(after);
  }

  private static TypeCase decimal(
      String type, int precision, int scale, String max, String beyond) {
    String target = "Decimal(" + precision + ", " + scale + ")";
    return TypeCase.of(type, precision, scale, "bytes", DECIMAL, target)
        .good(unscaled(max), max)
        .good(unscaled("-" + max), "-" + max)
        .good("\"AA==\"", "0")
        .good("\"/w==\"", new BigDecimal(BigInteger.ONE.negate(), scale).toPlainString())
        .bad(unscaled(beyond), "value " + beyond + " is beyond " + target)
        .bad(unscaled("-" + beyond), "value -" + beyond + " is beyond " + target)
        .bad(unscaled("9".repeat(100) + beyond), "is beyond " + target)
        .bad("\"\"", "1", "\"%\"");
  }

  static String unscaled(String decimal) {
    byte[] bytes = new BigDecimal(decimal).unscaledValue().toByteArray();
    return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
  }
}
