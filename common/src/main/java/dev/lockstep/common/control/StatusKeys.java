package dev.lockstep.common.control;

/** The first part of a record key in the status topic says what the value is. */
public final class StatusKeys {
  /** Then the connector's name; the value is a {@link ConnectorStatus}. */
  public static final String CONNECTOR = "connector/";

  /** Then the connector's name; the value is a {@link ConnectorProgress}. */
  public static final String PROGRESS = "progress/";

  /** Then {@code <topic>/<partition>}; the value is a {@link TablePartitionStatus}. */
  public static final String TABLE = "table/";

  /**
   * Then {@code <connector>/<id>}; the value is a {@link
   * dev.lockstep.common.snapshot.SnapshotStatus}.
   */
  public static final String SNAPSHOT = "snapshot/";

  /**
   * Then the connector's name; the value is a {@link dev.lockstep.common.snapshot.CapturedTables}.
   */
  public static final String CAPTURED = "captured/";

  private StatusKeys() {}
}
