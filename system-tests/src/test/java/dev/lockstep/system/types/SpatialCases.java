package dev.lockstep.system.types;

import java.util.List;
import java.util.stream.Stream;

/** The eight geometry types, with and without a spatial reference system, and vectors. */
final class SpatialCases {
  private static final String POINT = "POINT(1 2)";
  private static final String LINE = "LINESTRING(1 2,3 4,-5.5 1e-300)";
  private static final String POLYGON = "POLYGON((0 0,10 0,10 10,0 0),(1 1,2 1,2 2,1 1))";
  private static final String POINTS = "MULTIPOINT(1 1,2 2)";
  private static final String LINES = "MULTILINESTRING((1 1,2 2),(3 3,4 4))";
  private static final String POLYGONS = "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))";
  private static final String NESTED =
      "GEOMETRYCOLLECTION(POINT(1 2),MULTIPOINT(1 1,2 2),GEOMETRYCOLLECTION(LINESTRING(1 2,3 4)))";
  private static final String EMPTY = "GEOMETRYCOLLECTION EMPTY";

  private SpatialCases() {}

  static Stream<TypeCase> all() {
    return Stream.concat(geometries(), vectors());
  }

  private static Stream<TypeCase> geometries() {
    return Stream.of(
        geometry("GEOMETRY", POINT, LINE, POLYGON, POINTS, LINES, POLYGONS, NESTED, EMPTY),
        geometry("POINT", POINT, "POINT(-180 -90)", "POINT(1e308 -5e-324)"),
        geometry("LINESTRING", LINE),
        geometry("POLYGON", POLYGON),
        geometry("MULTIPOINT", POINTS),
        geometry("MULTILINESTRING", LINES),
        geometry("MULTIPOLYGON", POLYGONS),
        geometry("GEOMETRYCOLLECTION", NESTED, EMPTY),
        TypeCase.of(
            "POINT SRID 4326",
            Form.GEOMETRY,
            "ST_GeomFromText('POINT(10 20)', 4326)",
            "ST_GeomFromText('POINT(-90 180)', 4326)"),
        TypeCase.of("GEOMETRY SRID 3857", Form.GEOMETRY, "ST_GeomFromText('" + LINE + "', 3857)"),
        TypeCase.of(
            "GEOMETRY",
            Form.GEOMETRY,
            "ST_GeomFromText('" + POINT + "', 3857)",
            "ST_GeomFromText('" + POINT + "', 0)",
            "ST_GeomFromText('" + POINT + "', 4326)"));
  }

  private static TypeCase geometry(String type, String... texts) {
    List<String> values = Stream.of(texts).map(text -> "ST_GeomFromText('" + text + "')").toList();
    return new TypeCase(type, Form.GEOMETRY, values);
  }

  private static Stream<TypeCase> vectors() {
    return Stream.of(
        TypeCase.of(
            "VECTOR(3)",
            Form.VECTOR,
            "STRING_TO_VECTOR('[1.1,2,-3e38]')",
            "STRING_TO_VECTOR('[0,-0.0,1.2e-38]')",
            "STRING_TO_VECTOR('[5]')"),
        TypeCase.of(
            "VECTOR(2048)",
            Form.VECTOR,
            "STRING_TO_VECTOR(CONCAT('[', REPEAT('0.1,', 2047), '1]'))"));
  }
}
