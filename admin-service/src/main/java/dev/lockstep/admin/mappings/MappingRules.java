package dev.lockstep.admin.mappings;

import dev.lockstep.admin.names.Names;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.typos.NearestName;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping's JSON may hold. The properties and the values of choices are those of the records
 * in common, so that what is new there is known here.
 *
 * <p>An error reads {@code <where>: <problem> <remedy>}.
 */
final class MappingRules {
  static final int MOST_COLUMNS = 5_000;

  /** As long as MySQL lets a column's name be. */
  private static final int LONGEST_COLUMN = 64;

  private static final Map<String, Class<?>> PROPERTIES = components(TableMapping.class);
  private static final Map<String, Class<?>> OPTIONS = components(TypeOptions.class);

  private final List<String> errors = new ArrayList<>();

  private MappingRules() {}

  /** What is wrong with the mapping of this name. */
  static List<String> errors(String name, ObjectNode mapping) {
    var rules = new MappingRules();
    rules.errors.addAll(Names.errors("mapping", name));
    rules.mapping(name, mapping);
    return rules.errors;
  }

  private void mapping(String name, ObjectNode mapping) {
    if (!mapping.has("tables")) {
      add("tables", "It is missing. Say for which tables the mapping is: inventory\\.orders");
    }
    for (var property : mapping.properties()) {
      String key = property.getKey();
      JsonNode value = property.getValue();
      if (value.isNull()) {
        addNull(Quoted.of(key));
        continue;
      }
      switch (key) {
        case "name" -> name(name, value);
        case "tables" -> tables(value);
        case "options" -> options(key, value);
        case "columns" -> columns(value);
        case "keyless" -> choice(key, TableMapping.Keyless.class, value);
        default -> unknown("", key, PROPERTIES);
      }
    }
  }

  private void name(String name, JsonNode value) {
    if (!value.isString() || !value.stringValue().equals(name)) {
      add("name", "It is another one than in the URL. Leave it out here, or make both the same.");
    }
  }

  private void tables(JsonNode value) {
    if (value.isString()) {
      errors.addAll(PatternRules.errors(value.stringValue()));
    } else {
      add("tables", "It must be a string, such as \"inventory\\\\.orders\".");
    }
  }

  private void columns(JsonNode value) {
    if (!value.isObject()) {
      add("columns", "It must be an object: {\"column\": {\"option\": …}}.");
      return;
    }
    if (value.size() > MOST_COLUMNS) {
      add("columns", "They are more than 5,000. Say in options what is so for most of them.");
      return;
    }
    for (var column : value.properties()) {
      String where = "columns." + Quoted.of(column.getKey());
      if (isNoColumn(column.getKey())) {
        add(where, "No column of MySQL can have this name. Take it out or correct it.");
      } else {
        options(where, column.getValue());
      }
    }
  }

  /** MySQL's rules for identifiers: 1 to 64 characters of the basic plane, none of them U+0000. */
  private static boolean isNoColumn(String name) {
    return name.isEmpty()
        || name.length() > LONGEST_COLUMN
        || name.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c));
  }

  private void options(String where, JsonNode value) {
    if (!value.isObject()) {
      add(where, "It must be an object: {\"zeroDates\": \"NULL\"}.");
      return;
    }
    for (var option : value.properties()) {
      Class<?> type = OPTIONS.get(option.getKey());
      String path = where + "." + Quoted.of(option.getKey());
      if (type == null) {
        unknown(where + ".", option.getKey(), OPTIONS);
      } else if (option.getValue().isNull()) {
        addNull(path);
      } else {
        option(path, type, option.getValue());
      }
    }
  }

  private void option(String path, Class<?> type, JsonNode value) {
    if (type.isEnum()) {
      choice(path, type, value);
    } else if (type == Boolean.class) {
      if (!value.isBoolean()) {
        add(path, "It must be true or false, without quotes.");
      }
    } else {
      codec(path, value);
    }
  }

  private void choice(String path, Class<?> type, JsonNode value) {
    List<String> allowed = Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    if (!value.isString() || !allowed.contains(value.stringValue())) {
      add(path, "There is no such choice. It must be one of " + String.join(", ", allowed) + ".");
    }
  }

  private void codec(String path, JsonNode value) {
    if (!TypeOptions.isCodec(value.isString() ? value.stringValue() : "")) {
      add(
          path,
          "It does not look like a codec of ClickHouse. It must be codecs with commas between, such"
              + " as \"ZSTD(3)\" or \"Delta(4), LZ4\", of 200 characters at most.");
    }
  }

  private void unknown(String parent, String key, Map<String, Class<?>> known) {
    add(
        parent + Quoted.of(key),
        "There is no such property. "
            + remedy(key, known)
            + " Known are "
            + String.join(", ", known.keySet())
            + ".");
  }

  /** A property that is not known where it stands may be known elsewhere. */
  private static String remedy(String key, Map<String, Class<?>> known) {
    if (OPTIONS.containsKey(key)) {
      return "It belongs into options, or to a column in columns.";
    }
    if (PROPERTIES.containsKey(key)) {
      return "It belongs to the mapping itself, not into options.";
    }
    return NearestName.of(key, known.keySet())
        .map(name -> "Did you mean " + name + "?")
        .orElse("Leave it out.");
  }

  private void addNull(String path) {
    add(path, "The value is null. Leave it out, or give it a value; the choice NULL has quotes.");
  }

  private void add(String where, String what) {
    errors.add(where + ": " + what);
  }

  private static Map<String, Class<?>> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .collect(
            Collectors.toMap(
                RecordComponent::getName,
                RecordComponent::getType,
                (first, second) -> first,
                LinkedHashMap::new));
  }
}
