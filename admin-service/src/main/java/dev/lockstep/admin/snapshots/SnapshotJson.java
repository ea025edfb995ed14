package dev.lockstep.admin.snapshots;

import dev.lockstep.admin.bodies.JsonBody;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a snapshot's request from a body. */
final class SnapshotJson {
  private static final Set<String> PROPERTIES = Set.of("connector", "type", "tables");
  private static final Set<String> TABLE_PROPERTIES = Set.of("database", "table", "filter");

  private final List<String> errors = new ArrayList<>();

  /** What is asked for. */
  record Asked(String connector, SnapshotType type, List<SnapshotTable> tables) {}

  private SnapshotJson() {}

  /**
   * Reads a request.
   *
   * @throws dev.lockstep.admin.bodies.MalformedBodyException when the body is no JSON object
   * @throws SnapshotException.Invalid when it breaks a rule
   */
  static Asked read(byte @Nullable [] body) {
    var reader = new SnapshotJson();
    ObjectNode object = JsonBody.object(body);
    reader.unknown("", object, PROPERTIES);
    String connector = reader.text(object, "connector", "");
    SnapshotType type = reader.type(object);
    List<SnapshotTable> tables = reader.tables(object.path("tables"));
    if (!reader.errors.isEmpty()) {
      throw new SnapshotException.Invalid(reader.errors);
    }
    return new Asked(connector, type, tables);
  }

  private void unknown(String where, ObjectNode object, Set<String> known) {
    object.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                errors.add(
                    where
                        + name
                        + ": Nobody knows this property. Leave it out; there are "
                        + String.join(", ", known.stream().sorted().toList())
                        + "."));
  }

  private String text(ObjectNode object, String name, String where) {
    JsonNode value = object.path(name);
    if (!value.isString() || value.stringValue().isBlank()) {
      errors.add(where + name + ": It must be a text. Give it.");
      return "";
    }
    return value.stringValue();
  }

  private SnapshotType type(ObjectNode object) {
    JsonNode value = object.path("type");
    for (SnapshotType type : SnapshotType.values()) {
      boolean isMeant = value.isMissingNode() || type.name().equals(value.asString(""));
      if (isMeant && type.isOnDemand()) {
        return type;
      }
    }
    errors.add("type: There is no such type. It must be one of INCREMENTAL, BLOCKING.");
    return SnapshotType.INCREMENTAL;
  }

  private List<SnapshotTable> tables(JsonNode array) {
    if (!array.isArray() || array.isEmpty() || array.size() > SnapshotCommand.MOST_TABLES) {
      errors.add(
          "tables: It must be a list of 1 to 1,000 tables, such as [{\"database\": \"inventory\","
              + " \"table\": \"orders\"}].");
      return List.of();
    }
    List<SnapshotTable> tables = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      table("tables[" + i + "]", array.get(i), tables);
    }
    return tables;
  }

  private void table(String where, JsonNode node, List<SnapshotTable> tables) {
    if (!(node instanceof ObjectNode object)) {
      errors.add(where + ": It must be an object with database and table.");
      return;
    }
    int before = errors.size();
    unknown(where + ".", object, TABLE_PROPERTIES);
    String database = text(object, "database", where + ".");
    String table = text(object, "table", where + ".");
    JsonNode filter = object.path("filter");
    if (!filter.isMissingNode() && !filter.isNull() && !filter.isString()) {
      errors.add(where + ".filter: It must be a text, an SQL condition.");
    }
    if (tables.stream().anyMatch(t -> t.database().equals(database) && t.table().equals(table))) {
      errors.add(where + ": The table is named twice. Name it once.");
    }
    if (errors.size() == before) {
      add(where, database, table, filter.isString() ? filter.stringValue() : null, tables);
    }
  }

  private void add(
      String where,
      String database,
      String table,
      @Nullable String filter,
      List<SnapshotTable> tables) {
    try {
      tables.add(new SnapshotTable(database, table, filter));
    } catch (IllegalArgumentException e) {
      errors.add(where + ": " + e.getMessage() + " Shorten it.");
    }
  }
}
