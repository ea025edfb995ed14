package io.debezium.connector.mariadb.jdbc;

import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogConnectorConfig.SecureConnectionMode;
import io.debezium.connector.binlog.jdbc.BinlogConnectionConfiguration;
import io.debezium.connector.mariadb.MariaDbConnectorConfig;
import io.debezium.connector.mariadb.MariaDbConnectorConfig.MariaDbSecureConnectionMode;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.jdbc.JdbcConnection;
import org.jspecify.annotations.NullMarked;

/**
 * Connects Debezium to MariaDB with MySQL's Connector/J, whose protocol MariaDB speaks: a snapshot
 * reads the server's own bytes then, as one of MySQL does. MariaDB's driver brings dates through
 * calendars, and texts converted.
 */
@NullMarked
@ReplacesDebezium
public class MariaDbConnectionConfiguration extends BinlogConnectionConfiguration {
  private static final String TIME_ZONE = "connectionTimeZone";
  private static final String URL =
      "jdbc:mysql://${hostname}:${port}/?useInformationSchema=true&nullCatalogMeansCurrent=false"
          + "&useUnicode=true&characterEncoding=UTF-8&characterSetResults=UTF-8"
          + "&zeroDateTimeBehavior=CONVERT_TO_NULL&connectTimeout=${connectTimeout}";

  /** As Debezium's connector calls it. */
  public MariaDbConnectionConfiguration(Configuration config) {
    super(config);
  }

  @Override
  protected JdbcConfiguration getJdbcConfiguration(Configuration config) {
    return JdbcConfiguration.adapt(
        super.getJdbcConfiguration(config).edit().with("sslMode", connectorJ(mode())).build());
  }

  /** Debezium has MariaDB's names of modes here. */
  private static String connectorJ(MariaDbSecureConnectionMode mode) {
    return switch (mode) {
      case DISABLE -> "DISABLED";
      case TRUST -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL -> "VERIFY_IDENTITY";
    };
  }

  private MariaDbSecureConnectionMode mode() {
    return (MariaDbSecureConnectionMode) sslMode();
  }

  @Override
  public SecureConnectionMode sslMode() {
    return MariaDbSecureConnectionMode.parse(
        originalConfig().getString(MariaDbConnectorConfig.SSL_MODE),
        MariaDbConnectorConfig.SSL_MODE.defaultValueAsString());
  }

  @Override
  public boolean sslModeEnabled() {
    return mode() != MariaDbSecureConnectionMode.DISABLE;
  }

  @Override
  protected String getConnectionTimeZonePropertyName() {
    return TIME_ZONE;
  }

  @Override
  protected String resolveConnectionTimeZone(Configuration driver) {
    return driver.getString(TIME_ZONE, "SERVER");
  }

  @Override
  protected JdbcConnection.ConnectionFactory createFactory(Configuration config) {
    return JdbcConnection.patternBasedFactory(URL);
  }

  @Override
  public String getUrlPattern() {
    return URL;
  }
}
