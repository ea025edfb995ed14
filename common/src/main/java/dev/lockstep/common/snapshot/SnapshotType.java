package dev.lockstep.common.snapshot;

/** How a snapshot's rows are read. */
public enum SnapshotType {
  /** In chunks by key, between the changes of the stream, which goes on. */
  INCREMENTAL,
  /** In chunks by key, one right after the other; the stream waits. */
  BLOCKING,
  /** All rows of all tables, as a connector begins; nobody asks for it. */
  INITIAL;

  /** Whether it can be asked for. */
  public boolean isOnDemand() {
    return this != INITIAL;
  }
}
