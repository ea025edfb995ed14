package dev.lockstep.capture.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Finds a replica of the source that has the connector's server id: MySQL would end one of them for
 * the other, again and again. Debezium's readers don't register as replicas, so they are not among
 * these; admin-service knows the ids of Lockstep's own.
 */
final class ConnectedReplicas {
  private static final String KEY = "database.server.id";

  /** What MySQL says to a statement that it does not know: it is older than 8.0.22. */
  private static final int SYNTAX = 1064;

  private ConnectedReplicas() {}

  static void check(Connection connection, Map<String, String> config, Findings findings)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = replicas(statement)) {
      while (rows.next()) {
        if (rows.getString(1).equals(config.getOrDefault(KEY, "").strip())) {
          findings.error(
              KEY,
              "A replica of the source has the server id "
                  + rows.getString(1)
                  + " (it names itself `"
                  + rows.getString(2)
                  + "`).",
              "Remove `database.server.id`, so that each run takes one of its own, or give one that"
                  + " no server has.");
        }
      }
    }
  }

  private static ResultSet replicas(Statement statement) throws SQLException {
    try {
      return statement.executeQuery("SHOW REPLICAS");
    } catch (SQLException e) {
      if (e.getErrorCode() == SYNTAX) {
        return statement.executeQuery("SHOW SLAVE HOSTS");
      }
      throw e;
    }
  }
}
