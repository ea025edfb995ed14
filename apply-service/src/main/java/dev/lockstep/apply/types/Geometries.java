package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The geometry types. Debezium writes an object of the Well-Known Binary and the SRID, where null
 * means 0; a point's coordinates beside them say the same again.
 */
final class Geometries {
  private static final Set<String> SEMANTICS =
      Set.of("io.debezium.data.geometry.Geometry", "io.debezium.data.geometry.Point");

  private Geometries() {}

  static Optional<TargetType> rule(Column column, TypeOptions options) {
    if (!SEMANTICS.contains(String.valueOf(column.wire().semantic()))) {
      return Optional.empty();
    }
    if (options.geometry() == TypeOptions.Geometry.GEOJSON) {
      return Optional.of(new TargetType("String", Geometries::geoJson));
    }
    boolean nullable = column.nullable();
    String name =
        nullable
            ? "Tuple(srid Nullable(UInt32), wkb Nullable(String))"
            : "Tuple(srid UInt32, wkb String)";
    TargetType type = new TargetType(name, (json, out) -> tuple(json, out, nullable));
    return Optional.of(type.as(TargetType.Form.WHOLE));
  }

  /** ClickHouse's tuples can't be Nullable, so both elements are. */
  private static void tuple(JsonParser json, RowBuffer out, boolean nullable) {
    if (nullable && json.currentToken() == JsonToken.VALUE_NULL) {
      out.putByte(1);
      out.putByte(1);
      return;
    }
    requireObject(json);
    if (nullable) {
      out.putByte(0);
    }
    int srid = out.size();
    out.putLittleEndian(0, Integer.BYTES);
    if (nullable) {
      out.putByte(0);
    }
    int start = out.size();
    out.replaceLittleEndian(srid, fields(json, out), Integer.BYTES);
    out.insertLength(start, out.size() - start);
  }

  private static void geoJson(JsonParser json, RowBuffer out) {
    requireObject(json);
    int start = out.size();
    long srid = fields(json, out);
    byte[] wkb = out.takeBytes(out.size() - start);
    new GeoJson(wkb, out).encode(srid);
    out.insertLength(start, out.size() - start);
  }

  private static void requireObject(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new RecordFault("not a geometry but " + json.currentToken());
    }
  }

  /** Appends the Well-Known Binary; returns the SRID. */
  private static long fields(JsonParser json, RowBuffer out) {
    long srid = 0;
    int length = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "wkb" -> length += Binaries.append(json, out);
        case "srid" -> srid = srid(json);
        default -> json.skipChildren();
      }
    }
    if (length == 0) {
      throw new RecordFault("a geometry without its bytes");
    }
    return srid;
  }

  /** The wire's type is a signed 32-bit number, the source's is unsigned. */
  private static long srid(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    long srid = Integers.number(json);
    if (srid < Integer.MIN_VALUE || srid >= 1L << Integer.SIZE) {
      throw RecordFault.value(srid, "is not an SRID");
    }
    return Integer.toUnsignedLong((int) srid);
  }
}
