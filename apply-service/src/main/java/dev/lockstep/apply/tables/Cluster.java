package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import org.jspecify.annotations.Nullable;

/**
 * Where target tables are made.
 *
 * @param name the cluster on all of whose hosts; null for the host that is asked alone
 * @param replicated whether they are replicated, so that a row is on every replica
 */
record Cluster(@Nullable String name, boolean replicated) {
  /** One host. */
  static final Cluster NONE = new Cluster(null, false);

  /** What follows a table's name in a statement that is for all hosts. */
  String on() {
    return name == null ? "" : " ON CLUSTER " + Identifiers.quote(name);
  }

  /** The engine of a table, by the name that it has on one host. */
  String engine(String alone) {
    return replicated ? "Replicated" + alone : alone;
  }

  /** Whether a table with this engine is as it must be; one that is replicated always is. */
  boolean accepts(String engine) {
    return !replicated || engine.startsWith("Replicated") || engine.startsWith("Shared");
  }
}
