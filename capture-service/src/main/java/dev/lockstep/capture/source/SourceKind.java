package dev.lockstep.capture.source;

import io.debezium.config.Configuration;
import io.debezium.config.Field;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.ConnectionConfiguration;
import io.debezium.connector.mariadb.MariaDbConnector;
import io.debezium.connector.mariadb.MariaDbConnectorConfig;
import io.debezium.connector.mariadb.jdbc.MariaDbConnectionConfiguration;
import io.debezium.connector.mysql.MySqlConnector;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/** The kinds of source, each with the connector class of Debezium that captures it. */
public enum SourceKind {
  /** MySQL 8.0 and later. */
  MYSQL("MySQL", 800, MySqlConnector.class) {
    @Override
    public Field.Set fields() {
      return MySqlConnectorConfig.ALL_FIELDS;
    }

    @Override
    public ConfigDef definitions() {
      return new MySqlConnector().config();
    }

    @Override
    public Class<? extends BinlogConnectorConfig> configClass() {
      return MySqlConnectorConfig.class;
    }

    @Override
    public BinlogConnectorConfig connectorConfig(Configuration config) {
      return new MySqlConnectorConfig(config);
    }

    @Override
    ConnectionConfiguration connection(Configuration config) {
      return new MySqlConnectionConfiguration(
          config
              .edit()
              .withDefault(
                  MySqlConnectorConfig.SSL_MODE, MySqlConnectorConfig.SSL_MODE.defaultValue())
              .withDefault(
                  MySqlConnectorConfig.JDBC_DRIVER, MySqlConnectorConfig.JDBC_DRIVER.defaultValue())
              .build());
    }
  },
  /** MariaDB 10.5 and later: before, its privileges have other names. */
  MARIADB("MariaDB", 1005, MariaDbConnector.class) {
    @Override
    public Field.Set fields() {
      return MariaDbConnectorConfig.ALL_FIELDS;
    }

    @Override
    public ConfigDef definitions() {
      return new MariaDbConnector().config();
    }

    @Override
    public Class<? extends BinlogConnectorConfig> configClass() {
      return MariaDbConnectorConfig.class;
    }

    @Override
    public BinlogConnectorConfig connectorConfig(Configuration config) {
      return new MariaDbConnectorConfig(config);
    }

    @Override
    ConnectionConfiguration connection(Configuration config) {
      return new MariaDbConnectionConfiguration(config);
    }
  };

  /** The config's key that says which. */
  public static final String KEY = "connector.class";

  private final String title;
  private final int oldest;
  private final Class<?> connector;

  SourceKind(String title, int oldest, Class<?> connector) {
    this.title = title;
    this.oldest = oldest;
    this.connector = connector;
  }

  /** By the connector class of a config; empty when Lockstep does not support that. */
  public static Optional<SourceKind> of(Map<String, String> config) {
    String name = config.getOrDefault(KEY, "").strip();
    return Arrays.stream(values()).filter(kind -> kind.connectorClass().equals(name)).findFirst();
  }

  /**
   * Of a config whose class was checked.
   *
   * @throws IllegalArgumentException when it was not
   */
  public static SourceKind ofChecked(Map<String, String> config) {
    return of(config)
        .orElseThrow(
            () -> new IllegalArgumentException("`connector.class` is none that is supported"));
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The oldest version that is supported: a hundred times the first number, plus the second. */
  public int oldest() {
    return oldest;
  }

  /** The full name of the connector's class, as configs have it. */
  public String connectorClass() {
    return connector.getName();
  }

  /** The keys that the connector declares. */
  public abstract Field.Set fields();

  /** The privilege that shows where the binlog ends; MariaDB gave it another name in 10.5. */
  public String privilegeOfPlace() {
    return this == MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT";
  }

  /** The privilege that shows the connected replicas. */
  public String privilegeOfReplicas() {
    return this == MARIADB ? "REPLICATION MASTER ADMIN" : "REPLICATION SLAVE";
  }

  /** The value of {@code database.ssl.mode} that never encrypts. */
  public String modeWithoutTls() {
    return this == MARIADB ? "disable" : "disabled";
  }

  /** Values of {@code database.ssl.mode} that encrypt, for a sentence. */
  public String modesWithTls() {
    return this == MARIADB ? "trust, or to verify-ca" : "required, or to verify_ca";
  }

  /** The keys that the connector tells Kafka Connect of. */
  public abstract ConfigDef definitions();

  /** Where the connector declares keys. */
  public abstract Class<? extends BinlogConnectorConfig> configClass();

  /** A config as the connector reads it. */
  public abstract BinlogConnectorConfig connectorConfig(Configuration config);

  /** How the connector connects. */
  abstract ConnectionConfiguration connection(Configuration config);
}
