package dev.lockstep.capture.source;

import io.debezium.config.Configuration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a committed place of a binlog still means the same on the server that a connector's
 * config names now: after a failover, or behind an address that was moved, it may be another one.
 *
 * <p>A set of GTIDs means the same on all servers of a topology, and only asks for a server that
 * has executed all of it. A file and its position mean something on one server alone, though other
 * servers have files of that name.
 */
public final class SourcePlace {
  private static final Logger log = LoggerFactory.getLogger(SourcePlace.class);
  private static final String MISSING = "SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)";

  private final Configuration config;

  /** Of the source that this config names; its credentials are resolved. */
  public SourcePlace(Map<String, String> config) {
    this.config = Configuration.from(config);
  }

  /**
   * Checks a place before an engine goes on from it. Where there is none yet, a source that does
   * not answer is left to the engine, which meets that by itself and tries again.
   *
   * @param offset Debezium's source offset; empty for none
   * @param transaction the GTID of a transaction of which a part is published; null for none
   * @param server the id of the server that it was read from; null when unknown
   * @return the id of the source as it is now, or the given one when it isn't told: the {@code
   *     server_uuid}, of a MariaDB the {@code server_id}, which is another on each server of a
   *     topology
   * @throws IllegalArgumentException when the place is another server's, for good
   * @throws IllegalStateException when the source lacks transactions that it may yet get, or does
   *     not answer
   */
  public @Nullable String check(
      Map<String, Object> offset, @Nullable String transaction, @Nullable String server) {
    if (SourceKind.of(config.asMap()).equals(Optional.of(SourceKind.MARIADB))) {
      return checkMariaDb(offset, transaction, server);
    }
    String present;
    String missing;
    try (Connection connection = SourceConnection.open(config)) {
      present = serverUuid(connection);
      missing = missing(connection, offset, transaction);
    } catch (SQLException e) {
      unanswered(offset, e);
      return server;
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(lacks(missing));
    }
    if (server != null && !server.equals(present) && isOneServersOwn(offset)) {
      throw new IllegalArgumentException(another(offset, server, present));
    }
    return present;
  }

  /** Its offsets have GTIDs always. */
  private @Nullable String checkMariaDb(
      Map<String, Object> offset, @Nullable String transaction, @Nullable String server) {
    String present;
    String last;
    try (Connection connection = SourceConnection.open(config)) {
      present = text(connection, "SELECT @@GLOBAL.server_id");
      last = text(connection, "SELECT @@GLOBAL.gtid_binlog_pos");
    } catch (SQLException e) {
      unanswered(offset, e);
      return server;
    }
    if (offset.get("gtids") instanceof String gtids && !leavesPlaceToDebezium()) {
      requireMariaDbHasAll(gtids, transaction, last);
    }
    return present;
  }

  private static void requireMariaDbHasAll(
      String gtids, @Nullable String transaction, String last) {
    for (String published : transaction == null ? List.of(gtids) : List.of(gtids, transaction)) {
      if (MariaDbGtids.between(last, published) > 0) {
        throw new IllegalStateException(lacks(published + " (it has up to " + last + ")"));
      }
    }
  }

  /** Without an answer nobody knows whose binlog would be read. */
  private static void unanswered(Map<String, Object> offset, SQLException failure) {
    log.atDebug().setCause(failure).log("The source can't be asked who it is");
    if (!offset.isEmpty()) {
      throw new IllegalStateException(
          "The source does not answer: " + failure.getMessage(), failure);
    }
  }

  private static String serverUuid(Connection connection) throws SQLException {
    return text(connection, "SELECT @@GLOBAL.server_uuid");
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * What of the offset the server has not executed. Filters of sources leave that to Debezium, and
   * when_needed has it snapshot instead.
   */
  private String missing(
      Connection connection, Map<String, Object> offset, @Nullable String transaction)
      throws SQLException {
    if (!(offset.get("gtids") instanceof String gtids) || leavesPlaceToDebezium()) {
      return "";
    }
    try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
      statement.setString(1, transaction == null ? gtids : gtids + "," + transaction);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private boolean leavesPlaceToDebezium() {
    return config.hasKey("gtid.source.includes")
        || config.hasKey("gtid.source.excludes")
        || config.getString("snapshot.mode", "").equals("when_needed");
  }

  private static boolean isOneServersOwn(Map<String, Object> offset) {
    return offset.get("gtids") == null && offset.get("file") != null;
  }

  private static String lacks(String missing) {
    return "The source has not executed transactions that this connector has published: "
        + missing
        + ". A replica that lags behind gets there by itself, and the connector with it. If the"
        + " source was promoted without them, or is another server, PUT the config with"
        + " snapshot.mode=when_needed to snapshot again";
  }

  private static String another(Map<String, Object> offset, String server, String present) {
    return "The source is another server than the one this connector has read from (server_uuid "
        + present
        + ", and was "
        + server
        + "), and its place, "
        + offset.get("file")
        + " at "
        + offset.get("pos")
        + " without GTIDs, means nothing here. Go back to that server; or DELETE the connector with"
        + " ?remove=state and create it again, which snapshots anew. With gtid_mode=ON on both"
        + " servers it would find its place by itself";
  }
}
