package dev.lockstep.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A MySQL server, with an account that may do everything. */
public interface MySqlServer extends Server {
  String host();

  int port();

  String user();

  String password();

  /** The JDBC URL without database and without credentials; {@code /} ends the path. */
  default String jdbcUrl() {
    return jdbcUrl("");
  }

  /** The JDBC URL for a database, without credentials. */
  default String jdbcUrl(String database) {
    return "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=PREFERRED"
        .formatted(host(), port(), database);
  }

  /** A new connection of the caller's own, without a default database. */
  default Connection connect() throws SQLException {
    return connect("");
  }

  /** A new connection of the caller's own to a database. */
  default Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    properties.setProperty("connectTimeout", "5000");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  @Override
  default String name() {
    return "mysql";
  }
}
