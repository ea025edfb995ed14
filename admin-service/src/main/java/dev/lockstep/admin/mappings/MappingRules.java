package dev.lockstep.admin.mappings;

import dev.lockstep.admin.names.Names;
import dev.lockstep.common.mapping.RowFilter;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping's JSON may hold. The properties and the values of choices are those of the records
 * in common, so that what is new there is known here.
 */
final class MappingRules {
  static final Map<String, Class<?>> PROPERTIES = MappingErrors.components(TableMapping.class);
  private static final Map<String, Class<?>> TARGET = MappingErrors.components(Target.class);

  private final MappingErrors errors = new MappingErrors();
  private final ColumnRules columns = new ColumnRules(errors);
  private final StorageRules storage = new StorageRules(errors);

  private MappingRules() {}

  /** What is wrong with the mapping of this name. */
  static List<String> errors(String name, ObjectNode mapping) {
    var rules = new MappingRules();
    rules.errors.addAll(Names.errors("mapping", name));
    rules.mapping(name, mapping);
    return rules.errors.all();
  }

  /**
   * Where a property belongs that is not known in another place; null where it is known nowhere.
   */
  static @Nullable String place(String key) {
    return PROPERTIES.containsKey(key)
        ? "It belongs to the mapping itself, not into options or a column."
        : null;
  }

  private void mapping(String name, ObjectNode mapping) {
    if (!mapping.has("tables")) {
      errors.add(
          "tables", "It is missing. Say for which tables the mapping is: inventory\\.orders");
    }
    for (var property : mapping.properties()) {
      String key = property.getKey();
      JsonNode value = property.getValue();
      if (errors.isNull(Quoted.of(key), value)) {
        continue;
      }
      switch (key) {
        case "name" -> name(name, value);
        case "tables" -> tables(value);
        case "mode" -> errors.choice(key, TableMapping.Mode.class, value);
        case "target" -> target(value, mapping.path("tables"));
        case "options" -> columns.options(key, value);
        case "columns" -> columns.columns(value);
        case "computed" -> storage.computed(value);
        case "orderBy" -> storage.orderBy(value);
        case "partitionBy" -> storage.partitionBy(value);
        case "ttl" -> storage.ttl(value);
        case "settings" -> storage.settings(value);
        case "filter" -> filter(value);
        case "deletes" -> errors.choice(key, TableMapping.Deletes.class, value);
        // What the answer to a change has beside it.
        case "impact" -> {}
        case "keyless" -> errors.choice(key, TableMapping.Keyless.class, value);
        default -> errors.unknown("", key, PROPERTIES.keySet(), placeOfColumns(key));
      }
    }
  }

  private static @Nullable String placeOfColumns(String key) {
    return ColumnRules.knows(key) ? "It belongs into options, or to a column in columns." : null;
  }

  private void name(String name, JsonNode value) {
    if (!value.isString() || !value.stringValue().equals(name)) {
      errors.add(
          "name", "It is another one than in the URL. Leave it out here, or make both the same.");
    }
  }

  private void tables(JsonNode value) {
    String tables = errors.text("tables", value, "\"inventory\\\\.orders\"");
    if (tables != null) {
      errors.addAll(PatternRules.errors(tables));
    }
  }

  private void filter(JsonNode value) {
    String filter = errors.text("filter", value, "\"country = 'DE' AND amount > 100\"");
    if (filter != null) {
      RowFilter.problem(filter)
          .ifPresent(problem -> errors.add("filter", "It can't be: " + problem + "."));
    }
  }

  private void target(JsonNode value, JsonNode tables) {
    if (!errors.isObject("target", value, "{\"database\": \"analytics\"}")) {
      return;
    }
    for (var property : value.properties()) {
      String path = "target." + Quoted.of(property.getKey());
      if (!TARGET.containsKey(property.getKey())) {
        errors.unknown("target.", property.getKey(), TARGET.keySet(), null);
      } else if (!errors.isNull(path, property.getValue())) {
        targetName(path, property.getValue(), tables);
      }
    }
  }

  private void targetName(String path, JsonNode value, JsonNode tables) {
    String name = errors.text(path, value, "\"shop_$1\"");
    if (name == null) {
      return;
    }
    if (name.length() > PatternRules.LONGEST_TARGET
        || name.chars().anyMatch(Character::isISOControl)
        || Names.isNotUnicode(name)) {
      errors.add(path, "It must have 200 characters at most, and no control characters.");
      return;
    }
    // A pattern that is none is told by itself.
    String pattern =
        tables.isString() && PatternRules.errors(tables.stringValue()).isEmpty()
            ? tables.stringValue()
            : "";
    Target.problem(name, null, pattern)
        .ifPresent(problem -> errors.add(path, "It can't be: " + problem + "."));
  }
}
