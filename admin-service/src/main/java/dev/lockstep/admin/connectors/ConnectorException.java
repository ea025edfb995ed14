package dev.lockstep.admin.connectors;

import java.util.List;

/** Why a request about a connector is refused. The messages never hold a config's values. */
public abstract sealed class ConnectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ConnectorException(String message) {
    super(message);
  }

  /** There is no connector of that name. */
  public static final class Unknown extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** Of that name. */
    public Unknown(String name) {
      super("Connector " + name + " not found");
    }
  }

  /** There is one of that name already. */
  public static final class NameTaken extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** Of that name. */
    public NameTaken(String name) {
      super("Connector " + name + " already exists");
    }
  }

  /** It is being deleted, and can't be changed any more. */
  public static final class BeingDeleted extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** Of that name. */
    public BeingDeleted(String name) {
      super(
          "Connector "
              + name
              + " is being deleted, and its name is free when capture-service has removed what"
              + " was asked for; its status says how far that is. DELETE it without remove to"
              + " forget it at once, with whatever is left of it");
    }
  }

  /** Another request changed it while this one was being checked. */
  public static final class ChangedMeanwhile extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** Of that name. */
    public ChangedMeanwhile(String name) {
      super(
          "Connector "
              + name
              + " or one with the same topic.prefix was changed by another request meanwhile;"
              + " nothing was stored. Read the connectors again and repeat the request");
    }
  }

  /** Its config would not work. */
  public static final class InvalidConfig extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** With one line for each error. */
    public InvalidConfig(List<String> errors) {
      super(
          "Connector configuration is invalid and contains the following "
              + errors.size()
              + " error(s):\n"
              + String.join("\n", errors));
    }
  }

  /** Connectors can't be changed yet. */
  public static final class NotReady extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /** With why. */
    public NotReady(String message) {
      super(message);
    }
  }
}
