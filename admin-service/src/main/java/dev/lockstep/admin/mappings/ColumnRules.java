package dev.lockstep.admin.mappings;

import dev.lockstep.common.mapping.ColumnMapping;
import dev.lockstep.common.mapping.ColumnType;
import dev.lockstep.common.mapping.Mask;
import dev.lockstep.common.mapping.TypeOptions;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a mapping's JSON may say of columns: of all under {@code options}, and of single ones. */
final class ColumnRules {
  static final int MOST_COLUMNS = 5_000;

  /** As long as MySQL lets a column's name be. */
  private static final int LONGEST_COLUMN = 64;

  private static final Map<String, Class<?>> OPTIONS = MappingErrors.components(TypeOptions.class);
  static final Map<String, Class<?>> PROPERTIES = MappingErrors.components(ColumnMapping.class);

  private static final Map<String, Class<?>> MASK = MappingErrors.components(Mask.class);

  private final MappingErrors errors;

  ColumnRules(MappingErrors errors) {
    this.errors = errors;
  }

  /** Whether it is said of columns, and where. */
  static boolean knows(String key) {
    return PROPERTIES.containsKey(key);
  }

  void options(String where, JsonNode value) {
    if (!errors.isObject(where, value, "{\"zeroDates\": \"NULL\"}")) {
      return;
    }
    for (var option : value.properties()) {
      String key = option.getKey();
      if (OPTIONS.containsKey(key)) {
        property(where, key, option.getValue());
      } else {
        errors.unknown(
            where + ".",
            key,
            OPTIONS.keySet(),
            PROPERTIES.containsKey(key)
                ? "It is of a single column: it belongs to one in columns."
                : MappingRules.place(key));
      }
    }
  }

  void columns(JsonNode value) {
    if (!errors.isObject("columns", value, "{\"column\": {\"option\": …}}")) {
      return;
    }
    if (value.size() > MOST_COLUMNS) {
      errors.add(
          "columns", "They are more than 5,000. Say in options what is so for most of them.");
      return;
    }
    Map<String, String> sources = new HashMap<>();
    for (var column : value.properties()) {
      String where = "columns." + Quoted.of(column.getKey());
      if (isNoColumn(column.getKey())) {
        errors.add(where, "No column of MySQL can have this name. Take it out or correct it.");
      } else {
        column(where, column.getValue());
        checkNames(where, column.getKey(), column.getValue(), sources);
      }
    }
  }

  /** MySQL's rules for identifiers: 1 to 64 characters of the basic plane, none of them U+0000. */
  static boolean isNoColumn(String name) {
    return name.isEmpty()
        || name.length() > LONGEST_COLUMN
        || name.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c));
  }

  private void column(String where, JsonNode value) {
    if (!errors.isObject(where, value, "{\"zeroDates\": \"NULL\"}")) {
      return;
    }
    for (var property : value.properties()) {
      if (PROPERTIES.containsKey(property.getKey())) {
        property(where, property.getKey(), property.getValue());
      } else {
        errors.unknown(
            where + ".",
            property.getKey(),
            PROPERTIES.keySet(),
            MappingRules.place(property.getKey()));
      }
    }
    if (value.has("type") && value.has("mask")) {
      errors.add(where, "A masked column's type is that of its mask. Leave out type or mask.");
    }
    if (value.path("exclude").asBoolean(false) && value.size() > 1) {
      errors.add(
          where, "It is excluded, so nothing else can be said of it. Leave out one or the rest.");
    }
  }

  private void property(String where, String key, JsonNode value) {
    String path = where + "." + Quoted.of(key);
    if (errors.isNull(path, value)) {
      return;
    }
    Class<?> type = PROPERTIES.get(key);
    if (type != null && type.isEnum()) {
      errors.choice(path, type, value);
    } else if (type == Boolean.class) {
      errors.bool(path, value);
    } else {
      switch (key) {
        case "codec" -> codec(path, value);
        case "name" -> name(path, value);
        case "type" -> type(path, value);
        case "mask" -> mask(path, value);
        default -> throw new IllegalStateException("There is no rule for " + key);
      }
    }
  }

  private void codec(String path, JsonNode value) {
    if (!TypeOptions.isCodec(value.isString() ? value.stringValue() : "")) {
      errors.add(
          path,
          "It does not look like a codec of ClickHouse. It must be codecs with commas between, such"
              + " as \"ZSTD(3)\" or \"Delta(4), LZ4\", of 200 characters at most.");
    }
  }

  private void type(String path, JsonNode value) {
    String type = errors.text(path, value, "\"Int64\"");
    if (type != null) {
      ColumnType.problem(type)
          .ifPresent(problem -> errors.add(path, "It can't be: " + problem + "."));
    }
  }

  private void mask(String path, JsonNode value) {
    if (!errors.isObject(path, value, "{\"kind\": \"HASH\"}")) {
      return;
    }
    int before = errors.all().size();
    for (var property : value.properties()) {
      String where = path + "." + Quoted.of(property.getKey());
      JsonNode said = property.getValue();
      if (!MASK.containsKey(property.getKey())) {
        errors.unknown(path + ".", property.getKey(), MASK.keySet(), null);
      } else if (!errors.isNull(where, said)) {
        switch (property.getKey()) {
          case "kind" -> errors.choice(where, Mask.Kind.class, said);
          case "salt" -> errors.text(where, said, "\"default\"");
          case "length" -> length(where, said);
          default -> throw new IllegalStateException("There is no rule for " + where);
        }
      }
    }
    if (!value.has("kind")) {
      errors.add(path, "It must have kind: HASH, REDACT or TRUNCATE.");
    } else if (errors.all().size() == before) {
      Mask.problem(
              Mask.Kind.valueOf(value.path("kind").stringValue()),
              value.path("salt").isString() ? value.path("salt").stringValue() : null,
              value.path("length").isInt() ? value.path("length").intValue() : null)
          .ifPresent(problem -> errors.add(path, "It can't be: " + problem + "."));
    }
  }

  private void length(String path, JsonNode value) {
    if (!value.isInt()) {
      errors.add(path, "It must be a whole number, such as 4.");
    }
  }

  private void name(String path, JsonNode value) {
    String name = errors.text(path, value, "\"customer_id\"");
    if (name != null && isNoColumn(name)) {
      errors.add(path, "It must be a name of 1 to 64 characters of the basic plane. Correct it.");
    }
  }

  /** Two columns that are said to have one name in the target. */
  private void checkNames(
      String where, String source, JsonNode column, Map<String, String> sources) {
    JsonNode name = column.path("name");
    if (!name.isString()) {
      return;
    }
    String other = sources.putIfAbsent(name.stringValue(), source);
    if (other != null) {
      errors.add(
          where + ".name",
          "Column %s has this name in the target already. Give one of them another."
              .formatted(Quoted.of(other)));
    }
  }
}
