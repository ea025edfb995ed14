package dev.lockstep.apply.clickhouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.ServerException;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Sorts ClickHouse's errors by what helps: waiting, or an operator. The numbers are those of
 * ClickHouse's ErrorCodes.cpp.
 */
final class ClickHouseFaults {
  /** The server as a whole can't be used now. */
  private static final Set<Integer> TARGET =
      Set.of(
          159, // TIMEOUT_EXCEEDED
          192, // UNKNOWN_USER
          193, // WRONG_PASSWORD
          194, // REQUIRED_PASSWORD
          202, // TOO_MANY_SIMULTANEOUS_QUERIES
          203, // NO_FREE_CONNECTION
          209, // SOCKET_TIMEOUT
          210, // NETWORK_ERROR
          241, // MEMORY_LIMIT_EXCEEDED
          243, // NOT_ENOUGH_SPACE
          394, // QUERY_WAS_CANCELLED
          425, // SYSTEM_ERROR
          439, // CANNOT_SCHEDULE_TASK
          516, // AUTHENTICATION_FAILED
          745); // SERVER_OVERLOADED

  /** One table, or one of its replicas, can't be written now. */
  private static final Set<Integer> TABLE =
      Set.of(
          164, // READONLY
          225, // NO_ZOOKEEPER
          242, // TABLE_IS_READ_ONLY
          252, // TOO_MANY_PARTS
          285, // TOO_FEW_LIVE_REPLICAS
          286, // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
          319, // UNKNOWN_STATUS_OF_INSERT
          341, // UNFINISHED
          473, // DEADLOCK_AVOIDED
          497, // ACCESS_DENIED
          517, // CANNOT_ASSIGN_ALTER
          774, // TABLE_IS_PERMANENTLY_READ_ONLY
          999); // KEEPER_EXCEPTION

  /** What an insert fails with for a value of one of its rows; others may go in. */
  private static final Set<Integer> RECORD =
      Set.of(
          6, // CANNOT_PARSE_TEXT
          26, // CANNOT_PARSE_QUOTED_STRING
          27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
          38, // CANNOT_PARSE_DATE
          41, // CANNOT_PARSE_DATETIME
          69, // ARGUMENT_OUT_OF_BOUND
          70, // CANNOT_CONVERT_TYPE
          72, // CANNOT_PARSE_NUMBER
          117, // INCORRECT_DATA
          128, // TOO_LARGE_ARRAY_SIZE
          131, // TOO_LARGE_STRING_SIZE
          153, // ILLEGAL_DIVISION
          190, // SIZES_OF_ARRAYS_DONT_MATCH
          321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
          349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
          376, // CANNOT_PARSE_UUID
          395, // FUNCTION_THROW_IF_VALUE_IS_NON_ZERO
          407, // DECIMAL_OVERFLOW
          441, // CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING
          467, // CANNOT_PARSE_BOOL
          469, // VIOLATED_CONSTRAINT
          675, // CANNOT_PARSE_IPV4
          676, // CANNOT_PARSE_IPV6
          691); // UNKNOWN_ELEMENT_OF_ENUM

  /** In the words of a refused header, which has the code of a refused value. */
  private static final String UNKNOWN_COLUMN = "Unknown field found in";

  /** One replica can't take it now; another may. */
  private static final Set<Integer> REPLICA =
      Set.of(
          225, // NO_ZOOKEEPER
          242, // TABLE_IS_READ_ONLY
          319, // UNKNOWN_STATUS_OF_INSERT
          999); // KEEPER_EXCEPTION

  private ClickHouseFaults() {}

  /** Whether another host of the target may do what failed with this. */
  static boolean mayPassElsewhere(ApplyFault fault) {
    ServerException server = find(fault, ServerException.class);
    return fault instanceof TransientFault thrown
        && (thrown.reach() == Reach.TARGET
            || (server != null && REPLICA.contains(server.getCode())));
  }

  /** Whether the connection was gone before it was used, as after a restart of the server. */
  static boolean isOfOldConnection(ApplyFault fault) {
    return find(fault, NoHttpResponseException.class) != null;
  }

  /** Why an insert failed: as any statement, or for one of its rows. */
  static ApplyFault ofInsert(Throwable thrown) {
    ServerException server = find(thrown, ServerException.class);
    return server != null
            && RECORD.contains(server.getCode())
            && !String.valueOf(server.getMessage()).contains(UNKNOWN_COLUMN)
        ? new RecordFault(
            "ClickHouse refuses the row (code " + server.getCode() + ")",
            String.valueOf(server.getMessage()),
            server)
        : of(thrown);
  }

  static ApplyFault of(Throwable thrown) {
    ServerException server = find(thrown, ServerException.class);
    if (server != null) {
      return ofServer(server);
    }
    if (find(thrown, IOException.class) != null
        || find(thrown, TimeoutException.class) != null
        || find(thrown, ClickHouseException.class) != null) {
      return new TransientFault(
          Reach.TARGET, "ClickHouse can't be reached: " + innermost(thrown), thrown);
    }
    return new TableFault(
        "ClickHouse's client failed in a way that is not known: " + thrown, thrown);
  }

  private static ApplyFault ofServer(ServerException e) {
    String message = "ClickHouse says: " + e.getMessage();
    if (TARGET.contains(e.getCode())) {
      return new TransientFault(Reach.TARGET, message, e);
    }
    if (TABLE.contains(e.getCode())) {
      return new TransientFault(Reach.TABLE, message, e);
    }
    if (e.getCode() <= 0 && e.getTransportProtocolCode() != 400) {
      return new TransientFault(
          Reach.TARGET,
          "HTTP " + e.getTransportProtocolCode() + " from ClickHouse's address: " + e.getMessage(),
          e);
    }
    return new TableFault(
        message + ". Mend the cause on ClickHouse; it is tried again by itself", e);
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static <T> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
