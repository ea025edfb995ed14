package dev.lockstep.apply.schemas;

/**
 * A table in the source.
 *
 * @param connector the connector that captures it
 * @param database its database there
 * @param table its name there
 */
public record SourceTable(String connector, String database, String table) {
  /** How people write it: {@code database.table}. */
  public String displayName() {
    return database + "." + table;
  }
}
