package dev.lockstep.capture.preflight;

import io.debezium.relational.TableId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of tables, as include lists and sentences have them. */
final class TableNames {
  private static final int SHOWN = 10;
  private static final String NAME = "[\\p{L}\\p{N}_$-]+";

  /** An element of a list that is no real regular expression but a table's name. */
  private static final Pattern TABLE = Pattern.compile("(" + NAME + ")\\\\?\\.(" + NAME + ")");

  private static final Pattern DATABASE = Pattern.compile(NAME);

  private TableNames() {}

  /** The first of them, and how many more. */
  static String listed(List<TableId> tables) {
    String first =
        tables.stream()
            .limit(SHOWN)
            .map(id -> id.catalog() + "." + id.table())
            .collect(Collectors.joining(", "));
    return tables.size() <= SHOWN ? first : first + " and " + (tables.size() - SHOWN) + " more";
  }

  /** Databases that the include lists give by name. */
  static Set<String> namedDatabases(Map<String, String> config) {
    Set<String> databases = new TreeSet<>();
    elements(config, "database.include.list")
        .filter(element -> DATABASE.matcher(element).matches())
        .forEach(databases::add);
    elements(config, "table.include.list")
        .map(TABLE::matcher)
        .filter(Matcher::matches)
        .forEach(table -> databases.add(table.group(1)));
    return databases;
  }

  /** Tables that the include list gives by name and that are none of these. */
  static List<TableId> namedBeyond(Map<String, String> config, List<TableId> tables) {
    Set<String> known = tables.stream().map(TableNames::folded).collect(Collectors.toSet());
    return elements(config, "table.include.list")
        .map(TABLE::matcher)
        .filter(Matcher::matches)
        .map(table -> new TableId(table.group(1), null, table.group(2)))
        .filter(table -> !known.contains(folded(table)))
        .toList();
  }

  private static String folded(TableId table) {
    return (table.catalog() + "." + table.table()).toLowerCase(Locale.ROOT);
  }

  private static Stream<String> elements(Map<String, String> config, String key) {
    return Arrays.stream(config.getOrDefault(key, "").split(",", -1))
        .map(String::strip)
        .filter(element -> !element.isEmpty());
  }
}
