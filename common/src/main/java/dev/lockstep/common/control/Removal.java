package dev.lockstep.common.control;

/** What goes with a connector that is deleted; without any of these all of it stays. */
public enum Removal {
  /** Its place in the source: a connector of the same name begins with a snapshot. */
  OFFSET,
  /** The topic of Debezium's schema history. */
  SCHEMA_HISTORY,
  /** Its data topics, with their schemas and what was reported of their tables. */
  TOPICS
}
