package dev.lockstep.system.types;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a mapping's option makes of a column.
 *
 * @param options as the mapping says them, in JSON
 * @param type the source's column, with the text by which both ends are compared in this form
 * @param target the type of a NOT NULL column in ClickHouse
 */
record OptionCase(String options, TypeCase type, String target) {
  private static final Form HEX = new Form("HEX({})", "{}");

  /** MySQL breaks the lines. */
  private static final Form BASE64 = new Form("REPLACE(TO_BASE64({}), '\\n', '')", "{}");

  /** ClickHouse orders members by name, MySQL by length first: here all have one length. */
  private static final Form DOCUMENT =
      new Form("REPLACE(CAST({} AS CHAR), ' ', '')", "toString({})");

  private static final Form GEOJSON =
      new Form(
          "REPLACE(CONCAT(JSON_EXTRACT(ST_AsGeoJSON({}, 17, 2), '$.type'),"
              + " COALESCE(JSON_EXTRACT(ST_AsGeoJSON({}, 17, 2), '$.coordinates', '$.geometries'), ''),"
              + " IF(ST_SRID({}) = 0, '', JSON_EXTRACT(ST_AsGeoJSON({}, 17, 2), '$.crs'))), ' ', '')",
          "if(isNull({}), NULL, concat(JSONExtractRaw({}, 'type'), '[', JSONExtractRaw({}, 'coordinates'),"
              + " JSONExtractRaw({}, 'geometries'), ']', JSONExtractRaw({}, 'crs')))");

  private static final Form MICROSECONDS =
      new Form(
          "CAST(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'2000-01-01 00:00:00.000000',"
              + " ADDTIME(TIMESTAMP'2000-01-01 00:00:00.000000', {})) AS CHAR)",
          "toString({})");
  private static final Form BOOLEAN = new Form("ELT({} + 1, 'false', 'true')", "toString({})");

  private static final String[] BYTES = {"''", "X'00'", "X'00FF10807F0A0D09'", "REPEAT('ab', 100)"};
  private static final String[] TIMES = {
    "'838:59:59'", "'-838:59:59'", "'00:00:00'", "'-00:00:01'", "'12:34:56.7'"
  };

  static List<OptionCase> all() {
    return Stream.of(bytes(), documents(), geometries(), times(), others())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OptionCase> bytes() {
    String hex = "{\"binary\": \"HEX\"}";
    String base64 = "{\"binary\": \"BASE64\"}";
    return List.of(
        new OptionCase(hex, TypeCase.of("VARBINARY(200)", HEX, BYTES), "String"),
        new OptionCase(hex, TypeCase.of("BINARY(8)", HEX, "''", "X'FF00'"), "String"),
        new OptionCase(hex, TypeCase.of("LONGBLOB", HEX, BYTES), "String"),
        new OptionCase(base64, TypeCase.of("VARBINARY(200)", BASE64, BYTES), "String"),
        new OptionCase(base64, TypeCase.of("BINARY(8)", BASE64, "''", "X'FF00'"), "String"),
        new OptionCase(base64, TypeCase.of("TINYBLOB", BASE64, BYTES), "String"));
  }

  private static List<OptionCase> documents() {
    TypeCase documents =
        TypeCase.of(
            "JSON",
            DOCUMENT,
            "'{}'",
            "'{\"a\": 1, \"b\": \"ü漢😀\", \"c\": [1, 2], \"d\": {\"e\": true}}'",
            "'{\"a\": 18446744073709551615, \"b\": -9223372036854775808, \"c\": 0.1}'",
            "'{\"a\": [\"x\", \"\"], \"b\": [{\"c\": 1}, {\"c\": 2}]}'",
            "'{\"a\": false, \"b\": \"it\\'\\'s\"}'");
    return List.of(new OptionCase("{\"json\": \"JSON\"}", documents, "JSON"));
  }

  private static List<OptionCase> geometries() {
    String geojson = "{\"geometry\": \"GEOJSON\"}";
    return List.of(
        new OptionCase(
            geojson,
            TypeCase.of(
                "GEOMETRY",
                GEOJSON,
                "ST_GeomFromText('POINT(1.5 -2.25)')",
                "ST_GeomFromText('LINESTRING(1.5 2.5,0.1 -179.123456789)')",
                "ST_GeomFromText('POLYGON((0.5 0.5,9.5 0.5,9.5 9.5,0.5 0.5),(1.5 1.5,2.5 1.5,2.5 2.5,1.5 1.5))')",
                "ST_GeomFromText('MULTIPOINT(1.5 1.5,2.5 2.5)')",
                "ST_GeomFromText('MULTILINESTRING((1.5 1.5,2.5 2.5),(3.5 3.5,4.5 4.5))', 3857)",
                "ST_GeomFromText('MULTIPOLYGON(((0.5 0.5,1.5 0.5,1.5 1.5,0.5 0.5)))')",
                "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1.5 2.5),LINESTRING(1.5 2.5,3.5 4.5))')"),
            "String"),
        new OptionCase(
            geojson,
            TypeCase.of(
                "POINT SRID 4326",
                GEOJSON,
                "ST_GeomFromText('POINT(10.5 20.25)', 4326)",
                "ST_GeomFromText('POINT(-89.5 179.5)', 4326)"),
            "String"));
  }

  private static List<OptionCase> times() {
    String microseconds = "{\"time\": \"MICROSECONDS\"}";
    return List.of(
        new OptionCase(microseconds, TypeCase.of("TIME", MICROSECONDS, TIMES), "Int64"),
        new OptionCase(microseconds, TypeCase.of("TIME(3)", MICROSECONDS, TIMES), "Int64"),
        new OptionCase(
            microseconds,
            TypeCase.of(
                "TIME(6)",
                MICROSECONDS,
                TextCases.with(TIMES, "'-00:00:00.000001'", "'838:59:58.999999'")),
            "Int64"));
  }

  private static List<OptionCase> others() {
    return List.of(
        new OptionCase(
            "{\"boolLike\": \"BOOL\"}", TypeCase.of("BOOL", BOOLEAN, "TRUE", "FALSE"), "Bool"),
        new OptionCase(
            "{\"boolLike\": \"BOOL\"}", TypeCase.of("TINYINT(1)", BOOLEAN, "1", "0"), "Bool"),
        new OptionCase(
            "{\"boolLike\": \"BOOL\"}",
            TypeCase.of("TINYINT", Form.INTEGER, "-128", "127", "1"),
            "Int8"),
        new OptionCase(
            "{\"lowCardinality\": true}",
            TypeCase.of("VARCHAR(40)", Form.TEXT, "''", "'ü漢'", "'x'"),
            "LowCardinality(String)"),
        new OptionCase(
            "{\"lowCardinality\": false}",
            TypeCase.of("ENUM('small','ü')", Form.TEXT, "'small'", "'ü'"),
            "String"),
        new OptionCase(
            "{\"codec\": \"ZSTD(3)\"}",
            TypeCase.of("INT", Form.INTEGER, "-2147483648", "2147483647", "0"),
            "Int32 CODEC(ZSTD(3))"),
        new OptionCase(
            "{\"codec\": \"Delta(4), LZ4\"}",
            TypeCase.of("TIME", Form.TEMPORAL, "'-838:59:59'", "'00:00:00'"),
            "Time CODEC(Delta(4), LZ4)"));
  }

  /** The type with the codec, where the option is one. */
  String shown(String type, String codec) {
    return target.contains("CODEC") ? type + " " + codec : type;
  }

  @Override
  public String toString() {
    return type + " with " + options;
  }
}
