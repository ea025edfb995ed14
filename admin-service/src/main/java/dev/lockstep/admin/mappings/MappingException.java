package dev.lockstep.admin.mappings;

import java.util.List;

/** Why a request about a mapping is refused; the messages are for the user to read. */
public abstract sealed class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More are counted, not listed: an answer must not be larger than its request. */
  private static final int MOST_ERRORS = 20;

  private MappingException(String message) {
    super(message);
  }

  /** There is no mapping of that name. */
  public static final class Unknown extends MappingException {
    private static final long serialVersionUID = 1L;

    Unknown(String name) {
      super("Mapping " + name + " not found. GET /api/v1/mappings lists those that there are.");
    }
  }

  /** The mapping breaks a rule. */
  public static final class Invalid extends MappingException {
    private static final long serialVersionUID = 1L;

    /** With one line for each error: {@code <where>: <problem> <remedy>}. */
    Invalid(List<String> errors) {
      super(
          "The mapping is invalid and contains the following "
              + errors.size()
              + " error(s):\n"
              + String.join("\n", errors.subList(0, Math.min(MOST_ERRORS, errors.size())))
              + (errors.size() > MOST_ERRORS
                  ? "\nand " + (errors.size() - MOST_ERRORS) + " more"
                  : ""));
    }
  }

  /** There are as many mappings as there can be. */
  public static final class TooMany extends MappingException {
    private static final long serialVersionUID = 1L;

    TooMany(int most) {
      super(
          "There are "
              + most
              + " mappings already, and no more can be made. Join some: one pattern can name many"
              + " tables, as in inventory\\.(orders|items).");
    }
  }

  /** A table's name that no table can have. */
  public static final class NoTable extends MappingException {
    private static final long serialVersionUID = 1L;

    NoTable(String message) {
      super(message);
    }
  }

  /** Mappings can't be changed yet. */
  public static final class NotReady extends MappingException {
    private static final long serialVersionUID = 1L;

    NotReady() {
      super(
          "admin-service is new here and still has to read the mappings that are in Kafka; nothing"
              + " was stored. Its readiness at /actuator/health/readiness says what it waits for."
              + " Repeat the request then");
    }
  }
}
