package dev.lockstep.apply.clickhouse;

/**
 * A table of ClickHouse.
 *
 * @param database its database
 * @param table its name there
 */
public record TableName(String database, String table) {
  /** As statements have it. */
  public String quoted() {
    return Identifiers.quote(database, table);
  }

  /** How people write it. */
  @Override
  public String toString() {
    return database + "." + table;
  }
}
