package dev.lockstep.system.types;

/** Identifiers as each end wants them. */
final class Quoted {
  private Quoted() {}

  /** For MySQL. */
  static String source(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** For ClickHouse. */
  static String target(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }
}
