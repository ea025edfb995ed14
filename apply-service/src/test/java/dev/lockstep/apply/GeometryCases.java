package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.Geometry;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Geometries of all types, in both forms, and vectors. */
final class GeometryCases {
  private static final TypeOptions GEO_JSON =
      new TypeOptions(null, null, null, null, Geometry.GEOJSON, null, null, null, null);
  private static final String TUPLE = "Tuple(srid UInt32, wkb String)";
  private static final String NULLABLE_TUPLE = "Tuple(srid Nullable(UInt32), wkb Nullable(String))";

  private static final String ONE = "000000000000f03f";
  private static final String TWO = "0000000000000040";
  private static final String THREE = "0000000000000840";
  private static final String POINT = "0101000000" + ONE + TWO;
  private static final String LINE = "010200000002000000" + ONE + TWO + TWO + THREE;
  private static final String RINGS =
      "02000000" + ("04000000" + ONE + ONE + TWO + ONE + TWO + TWO + ONE + ONE).repeat(2);
  private static final String POLYGON = "0103000000" + RINGS;
  private static final String RING_SHOWN = "[[1.0,1.0],[2.0,1.0],[2.0,2.0],[1.0,1.0]]";
  private static final String POLYGON_SHOWN = "[" + RING_SHOWN + "," + RING_SHOWN + "]";

  private GeometryCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(
        TypeCase.of("POINT", null, "struct", "io.debezium.data.geometry.Point", TUPLE)
            .nullIs(NULLABLE_TUPLE, "(NULL,NULL)")
            .good("{\"x\":10.0,\"y\":20.0,\"wkb\":\"QUI=\",\"srid\":4326}", "(4326,'AB')")
            .good("{\"srid\":null,\"wkb\":\"QUI=\"}", "(0,'AB')")
            .good("{\"wkb\":\"QUI=\",\"srid\":-1}", "(4294967295,'AB')")
            .bad("{\"wkb\":null,\"srid\":1}", "{\"srid\":1}", "{\"wkb\":\"\"}", "\"QUI=\"", "[]")
            .bad("{\"wkb\":\"QUI=\",\"srid\":4294967296}", "is not an SRID"),
        TypeCase.of("GEOMETRY", null, "struct", "io.debezium.data.geometry.Geometry", TUPLE)
            .nullIs(NULLABLE_TUPLE, "(NULL,NULL)")
            .good("{\"wkb\":\"" + "QUJD".repeat(100) + "\"}", "(0,'" + "ABC".repeat(100) + "')"),
        geoJson(),
        TypeCase.of("VECTOR", 3, "array", "io.debezium.data.FloatVector", "Array(Float32)")
            .nullIs("Array(Float32)", "[]")
            .good("[1.1,2.0,-3.0E38]", "[1.1,2,-3e38]")
            .good("[0]", "[0]")
            .good("[" + "0.5,".repeat(16_382) + "0.5]", "[" + "0.5,".repeat(16_382) + "0.5]")
            .bad("[]", "without a number")
            .bad("[null]", "[\"1\"]", "[1e39]", "1", "{}"));
  }

  private static TypeCase geoJson() {
    return TypeCase.of("GEOMETRY", null, "struct", "io.debezium.data.geometry.Geometry", "String")
        .with("GEOJSON", GEO_JSON)
        .good(wkb(POINT), shape("Point", "[1.0,2.0]"))
        .good(
            wkb("0000000001" + "3ff0000000000000" + "c0091eb851eb851f"),
            shape("Point", "[1.0,-3.14]"))
        .good(
            wkb("0101000000" + "9a9999999999b93f" + "ffffffffffffef7f"),
            shape("Point", "[0.1,1.7976931348623157E308]"))
        .good(wkb(LINE), shape("LineString", "[[1.0,2.0],[2.0,3.0]]"))
        .good(wkb("010200000000000000"), shape("LineString", "[]"))
        .good(wkb(POLYGON), shape("Polygon", POLYGON_SHOWN))
        .good(wkb("010300000000000000"), shape("Polygon", "[]"))
        .good(
            wkb("010400000002000000" + POINT + POINT), shape("MultiPoint", "[[1.0,2.0],[1.0,2.0]]"))
        .good(wkb("010500000001000000" + LINE), shape("MultiLineString", "[[[1.0,2.0],[2.0,3.0]]]"))
        .good(wkb("010600000001000000" + POLYGON), shape("MultiPolygon", "[" + POLYGON_SHOWN + "]"))
        .good(wkb("010700000000000000"), collection(""))
        .good(
            wkb("010700000002000000" + POINT + "010700000001000000" + LINE),
            collection(
                shape("Point", "[1.0,2.0]")
                    + ","
                    + collection(shape("LineString", "[[1.0,2.0],[2.0,3.0]]"))))
        .good(
            wkb(POINT).replace("}", ",\"srid\":4326}"),
            "{\"type\":\"Point\",\"coordinates\":[1.0,2.0],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4326\"}}}")
        .bad(wkb("0108000000"), "value 8 is no type of geometry that GeoJSON knows")
        .bad(wkb("0101000020"), "value 536870913 is no type")
        .bad(wkb("0201000000" + ONE + TWO), "no byte order")
        .bad(wkb("0101000000" + ONE), "it ends within a geometry")
        .bad(wkb("0102000000ffffffff"), "it ends within a geometry")
        .bad(wkb(POINT + "00"), "something follows")
        .bad(wkb("010400000001000000" + LINE), "a MultiPoint that holds a LineString")
        .bad(wkb("0101000000" + ONE + "000000000000f87f"), "value NaN is no coordinate")
        .bad(wkb("010700000001000000".repeat(70) + POINT), "nested more than 64 times")
        .bad("{\"wkb\":\"\"}", "{}", "\"x\"");
  }

  private static String shape(String type, String coordinates) {
    return "{\"type\":\"" + type + "\",\"coordinates\":" + coordinates + "}";
  }

  private static String collection(String members) {
    return "{\"type\":\"GeometryCollection\",\"geometries\":[" + members + "]}";
  }

  private static String wkb(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return "{\"wkb\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }
}
