package dev.lockstep.common.mapping;

/**
 * What is queried in the target: a table or a view.
 *
 * @param database its database
 * @param table its name there
 */
public record TargetName(String database, String table) {
  /** How people write it. */
  @Override
  public String toString() {
    return database + "." + table;
  }
}
