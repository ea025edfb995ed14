package io.debezium.connector.mariadb.jdbc;

import dev.lockstep.capture.exact.DomainGtids;
import dev.lockstep.capture.exact.ReplacesDebezium;
import dev.lockstep.capture.source.MariaDbGtids;
import io.debezium.DebeziumException;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.gtid.GtidSet;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.binlog.jdbc.BinlogFieldReader;
import io.debezium.connector.binlog.jdbc.ConnectionConfiguration;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's connection to MariaDB, which knows what was purged: Debezium's own takes nothing to
 * be, and a position of a server that was replaced to be unknown.
 */
@NullMarked
@ReplacesDebezium
public class MariaDbConnection extends BinlogConnectorConnection {
  private static final String LAST = "SELECT @@GLOBAL.gtid_binlog_pos";

  /** As Debezium's connector calls it. */
  public MariaDbConnection(ConnectionConfiguration config, BinlogFieldReader reader) {
    super(config, reader);
  }

  /** MariaDB gives a GTID to each transaction. */
  @Override
  public boolean isGtidModeEnabled() {
    return true;
  }

  @Override
  public GtidSet knownGtidSet() {
    return new DomainGtids(text(LAST));
  }

  private String text(String query) {
    try {
      String found = queryAndMap(query, rows -> rows.next() ? rows.getString(1) : null);
      return Objects.requireNonNullElse(found, "");
    } catch (SQLException e) {
      throw new DebeziumException("The source does not tell its GTIDs: " + query, e);
    }
  }

  @Override
  public GtidSet subtractGtidSet(GtidSet one, GtidSet other) {
    return one.subtract(other);
  }

  /** Not asked for: {@link #isBinlogPositionAvailable} looks for itself. */
  @Override
  public GtidSet purgedGtidSet() {
    return new DomainGtids("");
  }

  /** Where to go on: the server sends what comes after it, and all of the domains not in it. */
  @Override
  public @Nullable GtidSet filterGtidSet(
      @Nullable Predicate<String> filter,
      @Nullable String offset,
      GtidSet available,
      GtidSet purged) {
    return offset == null ? null : new DomainGtids(offset).retainAll(filter);
  }

  @Override
  public boolean isBinlogPositionAvailable(
      BinlogConnectorConfig config, @Nullable String gtids, @Nullable String file) {
    if (gtids == null || gtids.isBlank()) {
      return super.isBinlogPositionAvailable(config, gtids, file);
    }
    List<String> files = availableBinlogFiles();
    return !files.isEmpty()
        && MariaDbGtids.between(text(LAST), gtids) == 0
        && MariaDbGtids.between(gtids, before(files.getFirst())) == 0;
  }

  /** The position at the begin of a file: what came before it. */
  private String before(String file) {
    return text("SELECT BINLOG_GTID_POS('" + file + "', 4)");
  }
}
