package dev.lockstep.admin.mappings;

import dev.lockstep.common.mapping.ComputedColumn;
import dev.lockstep.common.mapping.SqlExpression;
import dev.lockstep.common.mapping.Storage;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a mapping's JSON may say of the layout of its target tables. Whether it fits a table is
 * found by apply-service, which knows its key.
 */
final class StorageRules {
  private static final int MOST = 100;
  private static final Map<String, Class<?>> COMPUTED =
      MappingErrors.components(ComputedColumn.class);

  private final MappingErrors errors;

  StorageRules(MappingErrors errors) {
    this.errors = errors;
  }

  void orderBy(JsonNode value) {
    if (!value.isArray() || value.isEmpty() || value.size() > MOST) {
      errors.add("orderBy", "It must be a list of 1 to 100 columns: [\"customer\", \"id\"].");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode column : value.values()) {
      String name = errors.text("orderBy", column, "\"customer\"");
      if (name != null && ColumnRules.isNoColumn(name)) {
        errors.add("orderBy", "No column can be called " + Quoted.of(name) + ". Correct it.");
      } else if (name != null && !seen.add(name)) {
        errors.add("orderBy", "It names " + Quoted.of(name) + " twice. Name each column once.");
      }
    }
  }

  void partitionBy(JsonNode value) {
    sql("partitionBy", value, "\"toYYYYMM(created)\"", SqlExpression::problem);
  }

  void ttl(JsonNode value) {
    sql("ttl", value, "\"created + INTERVAL 90 DAY\"", SqlExpression::problemOfTtl);
  }

  void settings(JsonNode value) {
    if (!isObjectOfFew("settings", value, "{\"index_granularity\": 4096}")) {
      return;
    }
    for (var setting : value.properties()) {
      String path = "settings." + Quoted.of(setting.getKey());
      JsonNode chosen = setting.getValue();
      if (!Storage.isSetting(setting.getKey())) {
        errors.add(path, "No setting of ClickHouse has such a name. Correct it or take it out.");
      } else if (!chosen.isString() && !chosen.isIntegralNumber() && !chosen.isBoolean()) {
        errors.add(path, "It must be a string, a whole number, true or false.");
      }
    }
  }

  void computed(JsonNode value) {
    String example = "{\"day\": {\"type\": \"Date\", \"expression\": \"toDate(created)\"}}";
    if (!isObjectOfFew("computed", value, example)) {
      return;
    }
    for (var column : value.properties()) {
      String where = "computed." + Quoted.of(column.getKey());
      if (ColumnRules.isNoColumn(column.getKey())) {
        errors.add(where, "A column's name has 1 to 64 characters of the basic plane. Correct it.");
      } else if (errors.isObject(where, column.getValue(), example)) {
        computedColumn(where, column.getValue());
      }
    }
  }

  private void computedColumn(String where, JsonNode column) {
    for (String needed : new String[] {"type", "expression"}) {
      if (!column.has(needed)) {
        errors.add(where, "It must have " + needed + ".");
      }
    }
    for (var property : column.properties()) {
      String path = where + "." + Quoted.of(property.getKey());
      JsonNode value = property.getValue();
      if (!COMPUTED.containsKey(property.getKey())) {
        errors.unknown(where + ".", property.getKey(), COMPUTED.keySet(), null);
      } else if (!errors.isNull(path, value)) {
        switch (property.getKey()) {
          case "type" -> sql(path, value, "\"Date\"", SqlExpression::problemOfType);
          case "expression" -> sql(path, value, "\"toDate(created)\"", SqlExpression::problem);
          case "kind" -> errors.choice(path, ComputedColumn.Kind.class, value);
          default -> throw new IllegalStateException("There is no rule for " + path);
        }
      }
    }
  }

  private boolean isObjectOfFew(String where, JsonNode value, String example) {
    if (!errors.isObject(where, value, example)) {
      return false;
    }
    if (value.size() > MOST) {
      errors.add(where, "They are more than 100. Take some out.");
    }
    return value.size() <= MOST;
  }

  private void sql(
      String path, JsonNode value, String example, Function<String, Optional<String>> problem) {
    String text = errors.text(path, value, example);
    if (text != null) {
      problem.apply(text).ifPresent(found -> errors.add(path, "It can't be: " + found + "."));
    }
  }
}
