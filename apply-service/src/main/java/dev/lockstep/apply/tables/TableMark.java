package dev.lockstep.apply.tables;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.Condition;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a target table can't show of how its rows came to be. It stands as JSON at the end of the
 * table's comment, so that another source table, or a mapping that would have made other rows, is
 * told from the one that made these.
 *
 * @param source the source table whose rows it has, quoted
 * @param without the source's columns that it was filled without
 * @param names the names of columns by those in the source, where they differ
 * @param filter the condition of the rows that it was filled with; null where it has all
 * @param deletes what became of rows that were deleted
 * @param computed the computed columns that Lockstep has made, with what stands behind their names
 * @param ttl the TTL that Lockstep has set
 * @param settings the settings that Lockstep has set
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TableMark(
    String source,
    List<String> without,
    Map<String, String> names,
    @Nullable String filter,
    @Nullable Deletes deletes,
    Map<String, String> computed,
    @Nullable String ttl,
    Map<String, String> settings) {
  private static final Pattern MARK =
      Pattern.compile("(?s)(.*?) ?\\(kept by Lockstep: (\\{.*})\\)");

  /** Copies list and maps; what is left out is empty. */
  TableMark {
    without = without == null ? List.of() : List.copyOf(without);
    names = names == null ? Map.of() : Map.copyOf(names);
    computed = computed == null ? Map.of() : Map.copyOf(computed);
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }

  /** That of a table as it shall be. */
  static TableMark of(TableDefinition wanted) {
    Map<String, String> names = new TreeMap<>();
    wanted.columns().stream()
        .filter(column -> !column.name().equals(column.source()))
        .forEach(column -> names.put(column.source(), column.name()));
    Deletes deletes = wanted.rules().deletePolicy();
    return new TableMark(
        Identifiers.quote(wanted.schema().database(), wanted.schema().table()),
        List.copyOf(new TreeSet<>(wanted.leftOut())),
        names,
        filter(wanted),
        deletes == Deletes.DELETE ? null : deletes,
        wanted.computed(),
        wanted.rules().storage().ttl(),
        wanted.rules().storage().settings());
  }

  /** As a condition is read, so that brackets and blanks make no difference. */
  static @Nullable String filter(TableDefinition wanted) {
    Condition condition = wanted.rules().condition();
    return condition == null ? null : condition.toString();
  }

  /** That of a table of which nothing is known. */
  static TableMark none(String source) {
    return new TableMark(source, List.of(), Map.of(), null, null, Map.of(), null, Map.of());
  }

  /**
   * The mark in a table's comment; empty where there is none.
   *
   * @throws IllegalArgumentException when it can't be read
   */
  static Optional<TableMark> read(String comment) {
    Matcher matcher = MARK.matcher(comment);
    return matcher.matches()
        ? Optional.of(
            ControlCodec.decode(matcher.group(2).getBytes(StandardCharsets.UTF_8), TableMark.class))
        : Optional.empty();
  }

  /** A comment with this mark in the place of another. */
  String in(String comment) {
    Matcher matcher = MARK.matcher(comment);
    String own = matcher.matches() ? matcher.group(1) : comment;
    String json = new String(ControlCodec.encode(this), StandardCharsets.UTF_8);
    return "%s%s(kept by Lockstep: %s)".formatted(own, own.isEmpty() ? "" : " ", json);
  }

  /**
   * The same with what was known of columns that this mark's table does not speak of, as they are
   * of an older schema or a newer one.
   */
  TableMark knowing(TableMark older, TableDefinition wanted) {
    var allWithout = new TreeSet<>(without);
    Map<String, String> allNames = new TreeMap<>(names);
    List<String> kept = wanted.columns().stream().map(column -> column.source()).toList();
    older.without().stream().filter(name -> !kept.contains(name)).forEach(allWithout::add);
    older.names().entrySet().stream()
        .filter(entry -> !kept.contains(entry.getKey()))
        .forEach(entry -> allNames.putIfAbsent(entry.getKey(), entry.getValue()));
    return new TableMark(
        source, List.copyOf(allWithout), allNames, filter, deletes, computed, ttl, settings);
  }
}
