package dev.lockstep.admin.mappings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TypeOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as it is shown and sent.
 *
 * @param name its name
 * @param tables the pattern of its tables
 * @param options the choices for all columns
 * @param columns the choices for single columns
 * @param keyless what becomes of tables without a key
 */
@Schema(
    name = "Mapping",
    description =
        "How source tables become target tables. What is left out is as the defaults have it")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MappingView(
    @Schema(description = "As in the URL; may be left out of a request", example = "inventory")
        String name,
    @Schema(
            description =
                "A regular expression (Java's) that database.table must match as a whole, upper and"
                    + " lower case told apart; 2,000 characters at most. Of several that match, the"
                    + " one with the most letters and digits applies",
            example = "inventory\\..*",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String tables,
    @Schema(description = "The choices for all columns of these tables") Options options,
    @Schema(
            description =
                "The choices for single columns, by name; they go before options. 5,000 at most")
        Map<String, Options> columns,
    @Schema(
            description =
                "What becomes of a table that has neither a primary key nor a unique key without"
                    + " NULLs: its rows are kept as a multiset, or it is refused. Default MULTISET")
        TableMapping.@Nullable Keyless keyless) {

  /**
   * Choices where a value has more than one good form.
   *
   * @param zeroDates what becomes of zero dates
   * @param outOfRange what becomes of dates out of range
   * @param binary the form of bytes
   * @param json the form of JSON
   * @param geometry the form of geometries
   * @param time the form of TIME
   * @param boolLike the form of TINYINT(1)
   * @param lowCardinality whether texts are LowCardinality
   * @param codec the compression
   */
  @Schema(name = "MappingOptions", description = "Choices; one that is left out is not made here")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Options(
      @Schema(
              description =
                  "Dates and times with a zero in year, month or day: NULL, 1970-01-01 (both marked"
                      + " in _altered), or the row goes to the dead letters. Default QUARANTINE",
              example = "NULL")
          TypeOptions.@Nullable ZeroDates zeroDates,
      @Schema(
              description =
                  "Dates and times before 1900 or after 2299: the nearest in range (marked in"
                      + " _altered), the column as String, or the row goes to the dead letters."
                      + " Default QUARANTINE")
          TypeOptions.@Nullable OutOfRange outOfRange,
      @Schema(
              description =
                  "BINARY, VARBINARY and BLOBs: the bytes, Base64 or hex, all in a String. Default"
                      + " RAW")
          TypeOptions.@Nullable Binary binary,
      @Schema(description = "JSON: MySQL's text, or ClickHouse's JSON type. Default STRING")
          TypeOptions.@Nullable Json json,
      @Schema(
              description =
                  "Geometries: SRID and Well-Known Binary, or GeoJSON in a String. Default WKB")
          TypeOptions.@Nullable Geometry geometry,
      @Schema(description = "TIME: Time64, or microseconds in an Int64. Default TIME64")
          TypeOptions.@Nullable Time time,
      @Schema(
              description =
                  "TINYINT(1): Int8, or Bool, where a row with a value other than 0 and 1 goes to"
                      + " the dead letters. Default INT8")
          TypeOptions.@Nullable BoolLike boolLike,
      @Schema(
              description =
                  "Whether texts are LowCardinality(String). By default ENUM and SET are, other"
                      + " texts are not")
          @Nullable Boolean lowCardinality,
      @Schema(
              description =
                  "The compression as in ClickHouse's CODEC(…), 200 characters at most. By default"
                      + " one that suits the type",
              example = "ZSTD(3)")
          @Nullable String codec) {
    static Options of(TypeOptions options) {
      return new Options(
          options.zeroDates(),
          options.outOfRange(),
          options.binary(),
          options.json(),
          options.geometry(),
          options.time(),
          options.boolLike(),
          options.lowCardinality(),
          options.codec());
    }
  }

  static MappingView of(TableMapping mapping) {
    Map<String, Options> columns = new TreeMap<>();
    mapping.columns().forEach((column, options) -> columns.put(column, Options.of(options)));
    return new MappingView(
        mapping.name(),
        mapping.tables(),
        Options.of(mapping.options()),
        columns,
        mapping.keyless());
  }
}
