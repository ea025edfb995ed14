package dev.lockstep.capture.source;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.ConnectionConfiguration;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connects as Debezium will: the same URL, TLS settings and driver properties, in bounded time. */
public final class SourceConnection {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(4);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(8);

  private SourceConnection() {}

  /**
   * Opens one, for reading.
   *
   * @param config a connector's config, with its credentials resolved
   * @throws SQLException when the source can't be reached or does not let us in
   */
  public static Connection open(Configuration config) throws SQLException {
    Configuration bounded =
        config
            .edit()
            .with(BinlogConnectorConfig.CONNECTION_TIMEOUT_MS, CONNECT_LIMIT.toMillis())
            .with("driver.socketTimeout", ANSWER_LIMIT.toMillis())
            .build();
    ConnectionConfiguration connection = SourceKind.ofChecked(config.asMap()).connection(bounded);
    Connection opened = connection.factory().connect(JdbcConfiguration.adapt(connection.config()));
    if (opened == null) {
      throw new SQLException("The driver does not take the URL of `database.protocol`", "08001");
    }
    opened.setReadOnly(true);
    return opened;
  }
}
