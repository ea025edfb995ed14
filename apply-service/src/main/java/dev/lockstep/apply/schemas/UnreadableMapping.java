package dev.lockstep.apply.schemas;

import dev.lockstep.common.mapping.MappingIndex;
import dev.lockstep.common.mapping.TableMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the mappings topic that can't be read.
 *
 * @param name the mapping's name
 * @param tables matches the tables that it is for, or null when any could be meant
 * @param problem what is wrong with it
 * @param superseding whether an earlier record of the mapping stays in force instead
 */
record UnreadableMapping(
    String name, @Nullable MappingIndex tables, String problem, boolean superseding) {

  static UnreadableMapping of(
      String name, @Nullable String tables, String problem, boolean superseding) {
    return new UnreadableMapping(name, index(name, tables), problem, superseding);
  }

  private static @Nullable MappingIndex index(String name, @Nullable String tables) {
    if (tables == null) {
      return null;
    }
    try {
      return new MappingIndex(List.of(TableMapping.of(name, tables)));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Whether a table must wait for it, as it could be made with wrong types. */
  boolean holdsBack(String database, String table) {
    return !superseding && (tables == null || !tables.matching(database, table).isEmpty());
  }

  String described() {
    return "Mapping %s can't be read: %s. %s. Publish it again as it should be, or delete it"
        .formatted(
            name,
            problem,
            superseding
                ? "What it was before stays in force"
                : "The tables that it could be for wait, as they could be made with wrong types");
  }
}
