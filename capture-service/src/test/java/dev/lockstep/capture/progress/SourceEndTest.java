package dev.lockstep.capture.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class SourceEndTest {
  private static Map<String, String> config(MySqlServer mysql) {
    return Map.of(
        "connector.class", SourceKind.MYSQL.connectorClass(),
        "database.hostname", mysql.host(),
        "database.port", String.valueOf(mysql.port()),
        "database.user", mysql.user(),
        "database.password", mysql.password());
  }

  @Test
  void theDistanceIsTheServersOwnInBytesAndTransactionsOverSeveralFiles() throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement();
          SourceEnd source = new SourceEnd(config(mysql))) {
        statement.execute("CREATE DATABASE distance");
        statement.execute("CREATE TABLE distance.t (id INT PRIMARY KEY, note TEXT)");
        Position from = source.read();
        assertThat(source.bytes(from, from)).hasValue(0);
        assertThat(source.transactions(from, from)).hasValue(0);

        statement.execute("INSERT INTO distance.t VALUES (1, REPEAT('x', 5000))");
        Position soon = source.read();
        assertThat(source.bytes(from, soon)).hasValue(soon.offset() - from.offset());
        assertThat(soon.offset() - from.offset()).isGreaterThan(5000);
        assertThat(source.transactions(from, soon)).hasValue(1);

        statement.execute("FLUSH BINARY LOGS");
        statement.execute("INSERT INTO distance.t VALUES (2, '')");
        statement.execute("FLUSH BINARY LOGS");
        statement.execute("INSERT INTO distance.t VALUES (3, '')");
        Position end = source.read();
        assertThat(source.transactions(from, end)).hasValue(3);
        assertThat(source.bytes(from, end))
            .hasValue(bytesSince(statement, from.file()) - from.offset());

        statement.execute("PURGE BINARY LOGS TO '" + end.file() + "'");
        assertThat(source.bytes(from, end)).as("a place that is purged").isEmpty();
      }
    }
  }

  /** Of the place's file and those after it. */
  private static long bytesSince(Statement statement, String file) throws SQLException {
    long bytes = 0;
    try (ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
      while (rows.next()) {
        bytes += rows.getString("Log_name").compareTo(file) < 0 ? 0 : rows.getLong("File_size");
      }
    }
    return bytes;
  }

  @Test
  void aServerWithoutGtidsTellsBytesOnly() throws Exception {
    try (MySqlServer mysql =
        SharedServers.ownMySql("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF")) {
      mysql.start();
      try (SourceEnd source = new SourceEnd(config(mysql))) {
        Position end = source.read();
        assertThat(end.gtidSet()).isNull();
        assertThat(source.bytes(end, end)).hasValue(0);
        assertThat(source.transactions(end, end)).isEmpty();
      }
    }
  }

  @Test
  void aServerThatIsGoneFailsAndIsAskedAnewWhenItIsBack() throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      try (SourceEnd source = new SourceEnd(config(mysql))) {
        Position before = source.read();
        mysql.stop();
        assertThatThrownBy(source::read).isInstanceOf(SQLException.class);
        mysql.start();
        source.letGo();
        assertThat(source.read().file()).isNotEqualTo(before.file());
      }
    }
  }
}
