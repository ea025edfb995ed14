package dev.lockstep.benchmarks.encoder;

import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A family of types with a typical value as Debezium writes it. */
@SuppressWarnings("ImmutableEnumChecker") // a column's map is a copy that nobody can change
public enum Family {
  INT("INT", null, null, wire("int32", null), "123456789"),
  BIGINT_UNSIGNED("BIGINT UNSIGNED", null, null, wire("int64", null), "-2"),
  BIT("BIT", 12, null, wire("bytes", "io.debezium.data.Bits", "length", "12"), "\"/w8=\""),
  DECIMAL_9("DECIMAL", 9, 2, decimal(2), "\"B1vNFQ==\""),
  DECIMAL_18("DECIMAL", 18, 4, decimal(4), "\"AS9Q4A==\""),
  DECIMAL_38("DECIMAL", 38, 10, decimal(10), "\"tMO5rwAAAAAAAAAAAAA=\""),
  DECIMAL_65("DECIMAL", 65, 30, decimal(30), "\"APMWJxx/w5CKi+9GTjlF73olNgn//////////w==\""),
  FLOAT("FLOAT", null, null, wire("float32", null), "1.6777218E7"),
  DOUBLE("DOUBLE", null, null, wire("float64", null), "3.141592653589793"),
  DATE("DATE", null, null, wire("int32", "io.debezium.time.Date"), "19800"),
  DATETIME("DATETIME", 3, null, wire("int64", "io.debezium.time.Timestamp"), "1711852200123"),
  TIMESTAMP(
      "TIMESTAMP",
      null,
      null,
      wire("string", "io.debezium.time.ZonedTimestamp"),
      "\"2024-10-27T07:30:00Z\""),
  TIME("TIME", 6, null, wire("int64", "io.debezium.time.MicroTime"), "-3723123456"),
  YEAR("YEAR", null, null, wire("int32", "io.debezium.time.Year"), "2024"),
  TEXT_ASCII("VARCHAR", 40, null, wire("string", null), "\"the quick brown fox jumps\""),
  TEXT_UNICODE("VARCHAR", 40, null, wire("string", null), "\"zwölf Boxkämpfer 漢字 😀\""),
  ENUM("ENUM", null, null, wire("string", "io.debezium.data.Enum"), "\"medium\""),
  JSON("JSON", null, null, wire("string", "io.debezium.data.Json"), "\"{\\\"a\\\": [1, 2.5]}\""),
  BINARY("VARBINARY", 40, null, wire("bytes", null), "\"AAECAwQFBgcICQoLDA0ODw==\""),
  GEOMETRY(
      "POINT",
      null,
      null,
      wire("struct", "io.debezium.data.geometry.Point"),
      "{\"x\":20.0,\"y\":10.0,\"wkb\":\"AQEAAAAAAAAAAAA0QAAAAAAAACRA\",\"srid\":4326}"),
  VECTOR("VECTOR", 3, null, wire("array", "io.debezium.data.FloatVector"), "[1.1,2.0,-3.0E38]"),
  NULL("INT", null, null, wire("int32", null), "null");

  private final String type;
  private final @Nullable Integer length;
  private final @Nullable Integer scale;
  private final Wire wire;
  private final String json;

  Family(String type, @Nullable Integer length, @Nullable Integer scale, Wire wire, String json) {
    this.type = type;
    this.length = length;
    this.scale = scale;
    this.wire = wire;
    this.json = json;
  }

  /** A nullable column of the family. */
  Column column(String name) {
    return new Column(name, type, length, scale, true, wire);
  }

  /** The value in a record. */
  String json() {
    return json;
  }

  private static Wire wire(String type, @Nullable String semantic) {
    return new Wire(type, semantic, Map.of());
  }

  private static Wire wire(String type, String semantic, String parameter, String value) {
    return new Wire(type, semantic, Map.of(parameter, value));
  }

  private static Wire decimal(int scale) {
    return wire("bytes", "org.apache.kafka.connect.data.Decimal", "scale", Integer.toString(scale));
  }
}
