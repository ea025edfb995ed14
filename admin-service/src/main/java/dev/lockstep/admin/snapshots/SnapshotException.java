package dev.lockstep.admin.snapshots;

import java.util.List;

/** Why a request about a snapshot is refused; the messages are for the user to read. */
public abstract sealed class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_ERRORS = 20;

  private SnapshotException(String message) {
    super(message);
  }

  /** There is no snapshot of that id. */
  public static final class Unknown extends SnapshotException {
    private static final long serialVersionUID = 1L;

    Unknown(String id) {
      super("Snapshot " + id + " not found. GET /api/v1/snapshots lists those that there are.");
    }
  }

  /** The tables could not be read. */
  public static final class Invalid extends SnapshotException {
    private static final long serialVersionUID = 1L;

    /** With one line for each error: {@code <where>: <problem> <remedy>}. */
    Invalid(List<String> errors) {
      super(
          "The snapshot can't be taken, for "
              + errors.size()
              + " reason(s); nothing was begun:\n"
              + String.join("\n", errors.subList(0, Math.min(MOST_ERRORS, errors.size())))
              + (errors.size() > MOST_ERRORS
                  ? "\nand " + (errors.size() - MOST_ERRORS) + " more"
                  : ""));
    }
  }

  /** It has ended, so nothing about it can be changed. */
  public static final class Ended extends SnapshotException {
    private static final long serialVersionUID = 1L;

    Ended(String id, String state) {
      super(
          "Snapshot "
              + id
              + " has ended: it is "
              + state
              + ". To read the tables again, ask for a new snapshot.");
    }
  }

  /** It is a connector's initial snapshot, which the connector's state decides on. */
  public static final class Initial extends SnapshotException {
    private static final long serialVersionUID = 1L;

    Initial(String connector) {
      super(
          "The initial snapshot belongs to its connector: PUT /connectors/"
              + connector
              + "/pause ends it for now, and with /resume it starts over.");
    }
  }
}
