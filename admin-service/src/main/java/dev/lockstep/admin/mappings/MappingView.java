package dev.lockstep.admin.mappings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lockstep.common.mapping.ColumnMapping;
import dev.lockstep.common.mapping.ComputedColumn;
import dev.lockstep.common.mapping.Mask;
import dev.lockstep.common.mapping.Storage;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.Target;
import dev.lockstep.common.mapping.TypeOptions;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as it is shown and sent.
 *
 * @param name its name
 * @param tables the pattern of its tables
 * @param mode what is kept
 * @param target where the rows go
 * @param options the choices for all columns
 * @param columns what is said of single columns
 * @param computed columns that ClickHouse computes
 * @param storage how the target tables are laid out
 * @param filter which rows the target has
 * @param deletes what becomes of deleted rows
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
    @Schema(
            description =
                "What is kept of the tables: their rows as they are now, each version of each row"
                    + " with the time from when until when it was so, or each change as an event."
                    + " Of the mappings of each mode the most specific applies, so one table can be"
                    + " kept in several ways. Default MIRROR")
        TableMapping.@Nullable Mode mode,
    @Schema(
            description =
                "Where the rows go. By default to the same names as in the source, with __history"
                    + " or __events behind the table's where that is kept")
        @Nullable TargetView target,
    @Schema(description = "The choices for all columns of these tables") Options options,
    @Schema(
            description =
                "What is said of single columns, by their names in the source; choices go before"
                    + " options. 5,000 at most")
        Map<String, ColumnView> columns,
    @Schema(
            description =
                "Columns that ClickHouse computes, by their names in the target. 100 at most")
        Map<String, ComputedView> computed,
    @JsonUnwrapped StorageView storage,
    @Schema(
            description =
                "Which rows the target has: a condition on columns of the source, by their names"
                    + " there. By default all",
            example = "country = 'DE' AND amount > 100")
        @Nullable String filter,
    @Schema(
            description =
                "What becomes of a row that is deleted in the source: it is gone, it stays and is"
                    + " marked in _deleted, or it stays as it was. Default DELETE")
        TableMapping.@Nullable Deletes deletes,
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

  /**
   * Names in the target.
   *
   * @param database the database
   * @param table the table
   */
  @Schema(
      name = "MappingTarget",
      description =
          "Names in the target. $1 or ${name} is what a group of the pattern matched, ${database}"
              + " and ${table} are the source's names, $$ is a dollar sign")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TargetView(
      @Schema(description = "By default the source's", example = "analytics")
          @Nullable String database,
      @Schema(description = "By default the source's", example = "shop_${table}")
          @Nullable String table) {
    static @Nullable TargetView of(@Nullable Target target) {
      return target == null ? null : new TargetView(target.database(), target.table());
    }
  }

  /**
   * What is said of one column.
   *
   * @param options the choices
   * @param exclude whether the target goes without it
   * @param name its name in the target
   * @param type its type in the target
   * @param mask what stands in the place of its values
   */
  @Schema(name = "MappingColumn", description = "What is said of one column, its choices included")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ColumnView(
      @JsonUnwrapped Options options,
      @Schema(description = "Whether the target goes without it. Default false")
          @Nullable Boolean exclude,
      @Schema(description = "Its name in the target. By default the source's", example = "email")
          @Nullable String name,
      @Schema(
              description =
                  "ClickHouse's type in the target, as far as the source's type allows. By default"
                      + " that of docs/types.md",
              example = "Int64")
          @Nullable String type,
      @Schema(description = "What stands in the place of its values. By default they do")
          @Nullable MaskView mask) {
    static ColumnView of(ColumnMapping column) {
      return new ColumnView(
          Options.of(column.options()),
          column.exclude(),
          column.name(),
          column.type(),
          MaskView.of(column.mask()));
    }
  }

  /**
   * What stands in the place of values.
   *
   * @param kind how they are hidden
   * @param salt the name of a hash's salt
   * @param length how many characters are left
   */
  @Schema(name = "MappingMask", description = "What stands in the place of values; NULL stays NULL")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MaskView(
      @Schema(
              description =
                  "HMAC-SHA-256 in 64 hexadecimal digits, the same for all values, or the first"
                      + " characters of a text")
          Mask.Kind kind,
      @Schema(
              description =
                  "Of HASH: the name under which apply-service has the secret salt"
                      + " (lockstep.apply.salts.<name>), not the salt itself. Default default",
              example = "people")
          @Nullable String salt,
      @Schema(description = "Of TRUNCATE: how many characters are left, 1 to 10,000", example = "4")
          @Nullable Integer length) {
    static @Nullable MaskView of(@Nullable Mask mask) {
      return mask == null ? null : new MaskView(mask.kind(), mask.salt(), mask.length());
    }
  }

  /**
   * A column that ClickHouse computes.
   *
   * @param type its type
   * @param expression what it is computed by
   * @param kind when it is computed
   */
  @Schema(name = "MappingComputed", description = "A column that ClickHouse computes from others")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ComputedView(
      @Schema(description = "ClickHouse's type", example = "Date") String type,
      @Schema(
              description = "ClickHouse's SQL over columns of the target, by their names there",
              example = "toDate(created)")
          String expression,
      @Schema(
              description =
                  "When it is computed: when the row is inserted, or when it is read. Default"
                      + " MATERIALIZED")
          ComputedColumn.@Nullable Kind kind) {
    static ComputedView of(ComputedColumn column) {
      return new ComputedView(column.type(), column.expression(), column.kind());
    }
  }

  /**
   * How the target tables are laid out.
   *
   * @param orderBy the sorting key
   * @param partitionBy the partition key
   * @param ttl when rows expire or move
   * @param settings the tables' settings
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record StorageView(
      @ArraySchema(
              arraySchema =
                  @Schema(
                      description =
                          "The columns of the sorting key, by their names in the target; all of the"
                              + " source's key must be among them. By default the source's key"),
              schema = @Schema(example = "id"))
          List<String> orderBy,
      @Schema(
              description = "What stands in PARTITION BY, of columns of the sorting key only",
              example = "toYYYYMM(created)")
          @Nullable String partitionBy,
      @Schema(
              description =
                  "What stands behind TTL. Where rows expire by it, of columns of the sorting key"
                      + " and _version only",
              example = "created + INTERVAL 90 DAY")
          @Nullable String ttl,
      @Schema(
              description = "The settings of the tables: strings, whole numbers, true or false",
              example = "{\"index_granularity\": \"4096\"}")
          Map<String, String> settings) {
    static StorageView of(Storage storage) {
      return new StorageView(
          storage.orderBy(),
          storage.partitionBy(),
          storage.ttl(),
          new TreeMap<>(storage.settings()));
    }
  }

  static MappingView of(TableMapping mapping) {
    Map<String, ColumnView> columns = new TreeMap<>();
    mapping.columns().forEach((name, column) -> columns.put(name, ColumnView.of(column)));
    Map<String, ComputedView> computed = new TreeMap<>();
    mapping.computed().forEach((name, column) -> computed.put(name, ComputedView.of(column)));
    return new MappingView(
        mapping.name(),
        mapping.tables(),
        mapping.mode(),
        TargetView.of(mapping.target()),
        Options.of(mapping.options()),
        columns,
        computed,
        StorageView.of(mapping.storage()),
        mapping.filter(),
        mapping.deletes(),
        mapping.keyless());
  }
}
