package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns with the wire that Debezium's defaults give them, by MySQL's name of the type. */
final class DebeziumColumns {
  private static final String TIME = "io.debezium.time.";
  private static final String GEOMETRY = "io.debezium.data.geometry.";

  private DebeziumColumns() {}

  /**
   * A NOT NULL column.
   *
   * @param type the type with its attributes, without its arguments
   * @param arguments the declared length and scale, as many as there are
   */
  static Column of(String type, List<Integer> arguments) {
    Integer length = arguments.isEmpty() ? null : arguments.getFirst();
    Integer scale = arguments.size() < 2 ? null : arguments.get(1);
    String name = type.replace(" UNSIGNED", "");
    Wire wire = wire(name, !name.equals(type), length, scale);
    return new Column("c", type, length, scale, false, wire);
  }

  private static Wire wire(
      String name, boolean unsigned, @Nullable Integer length, @Nullable Integer scale) {
    return switch (name) {
      case "TINYINT", "INT1", "BOOL", "BOOLEAN" -> plain("int16");
      case "SMALLINT", "INT2" -> plain(unsigned ? "int32" : "int16");
      case "MEDIUMINT", "MIDDLEINT", "INT3" -> plain("int32");
      case "INT", "INTEGER", "INT4" -> plain(unsigned ? "int64" : "int32");
      case "BIGINT", "INT8", "SERIAL" -> plain("int64");
      case "BIT" -> length == null || length == 1 ? plain("boolean") : bits(length);
      case "DECIMAL", "DEC", "NUMERIC", "FIXED" -> decimal(scale == null ? 0 : scale);
      case "FLOAT", "FLOAT4" -> plain(length == null ? "float32" : "float64");
      case "DOUBLE", "DOUBLE PRECISION", "REAL", "FLOAT8" -> plain("float64");
      case "DATE" -> wire("int32", TIME + "Date");
      case "DATETIME" ->
          wire("int64", TIME + (length != null && length > 3 ? "MicroTimestamp" : "Timestamp"));
      case "TIMESTAMP" -> wire("string", TIME + "ZonedTimestamp");
      case "TIME" -> wire("int64", TIME + "MicroTime");
      case "YEAR" -> wire("int32", TIME + "Year");
      case "VECTOR" -> wire("array", "io.debezium.data.FloatVector");
      default -> bytesOrText(name);
    };
  }

  private static Wire bytesOrText(String name) {
    if (name.contains("BLOB") || name.contains("BYTE") || name.matches("(VAR|LONG VAR)?BINARY")) {
      return plain("bytes");
    }
    if (name.equals("POINT")) {
      return wire("struct", GEOMETRY + "Point");
    }
    boolean geometry = name.matches("GEOM.*|(MULTI)?(POINT|LINESTRING|POLYGON)");
    return geometry ? wire("struct", GEOMETRY + "Geometry") : plain("string");
  }

  private static Wire plain(String type) {
    return new Wire(type, null, Map.of());
  }

  private static Wire wire(String type, String semantic) {
    return new Wire(type, semantic, Map.of());
  }

  private static Wire bits(int length) {
    return new Wire("bytes", "io.debezium.data.Bits", Map.of("length", "" + length));
  }

  private static Wire decimal(int scale) {
    return new Wire("bytes", "org.apache.kafka.connect.data.Decimal", Map.of("scale", "" + scale));
  }
}
