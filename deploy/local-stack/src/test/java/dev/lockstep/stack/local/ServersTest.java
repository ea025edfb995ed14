package dev.lockstep.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class ServersTest {
  @Test
  void mysqlKeepsItsDataAndItsPortWhenItIsKilledAndStartedAgain(MySqlServer mysql)
      throws SQLException {
    String url = mysql.jdbcUrl();
    execute(mysql, "CREATE DATABASE kept");
    execute(mysql, "CREATE TABLE kept.rows_of (id INT PRIMARY KEY)");
    execute(mysql, "INSERT INTO kept.rows_of VALUES (1), (2)");

    mysql.kill();
    assertThat(mysql.isRunning()).isFalse();
    mysql.start();

    assertThat(mysql.jdbcUrl()).isEqualTo(url);
    assertThat(value(mysql, "SELECT COUNT(*) FROM kept.rows_of")).isEqualTo("2");
    execute(mysql, "DROP DATABASE kept");
  }

  @Test
  void mysqlIsReadyToBeCaptured(MySqlServer mysql) throws SQLException {
    assertThat(value(mysql, "SELECT @@version")).startsWith("9.");
    assertThat(value(mysql, "SELECT @@gtid_mode")).isEqualTo("ON");
    assertThat(value(mysql, "SELECT @@binlog_format")).isEqualTo("ROW");
    assertThat(value(mysql, "SELECT @@binlog_row_image")).isEqualTo("FULL");
    assertThat(value(mysql, "SELECT @@log_bin")).isEqualTo("1");
  }

  @Test
  void aMysqlOfOnesOwnTakesFlags() throws SQLException {
    try (MySqlServer own =
        SharedServers.ownMySql("--binlog-format=STATEMENT", "--default-time-zone=+05:30")) {
      own.start();

      assertThat(value(own, "SELECT @@global.binlog_format")).isEqualTo("STATEMENT");
      assertThat(value(own, "SELECT @@global.time_zone")).isEqualTo("+05:30");
    }
  }

  @Test
  void mariaDbKeepsItsDataWhenItIsKilledAndIsReadyToBeCaptured(MariaDbServer mariaDb)
      throws SQLException {
    execute(mariaDb, "CREATE DATABASE kept");
    execute(mariaDb, "CREATE TABLE kept.rows_of (id INT PRIMARY KEY)");
    execute(mariaDb, "INSERT INTO kept.rows_of VALUES (1), (2)");

    mariaDb.kill();
    assertThat(mariaDb.isRunning()).isFalse();
    mariaDb.start();

    assertThat(value(mariaDb, "SELECT COUNT(*) FROM kept.rows_of")).isEqualTo("2");
    assertThat(value(mariaDb, "SELECT @@version")).startsWith("10.11.");
    assertThat(value(mariaDb, "SELECT @@binlog_format")).isEqualTo("ROW");
    assertThat(value(mariaDb, "SELECT @@binlog_row_image")).isEqualTo("FULL");
    assertThat(value(mariaDb, "SELECT @@gtid_binlog_pos")).startsWith("0-1-");
    execute(mariaDb, "DROP DATABASE kept");
  }

  @Test
  void kafkaAnswersAfterItWasStoppedAndAfterItWasKilled(KafkaServer kafka) throws IOException {
    String address = kafka.bootstrapServers();
    kafka.stop();
    kafka.start();
    kafka.kill();
    kafka.start();

    assertThat(kafka.bootstrapServers()).isEqualTo(address);
    Readiness.kafka(address);
  }

  @Test
  void clickHouseKeepsItsDataAndItsPortWhenItIsKilledAndStartedAgain(ClickHouseServer clickHouse) {
    String url = clickHouse.httpUrl();
    clickHouse.query("CREATE DATABASE kept");
    clickHouse.query("CREATE TABLE kept.rows_of (id Int32) ENGINE = MergeTree ORDER BY id");
    clickHouse.query("INSERT INTO kept.rows_of VALUES (1), (2)");

    clickHouse.kill();
    clickHouse.start();

    assertThat(clickHouse.httpUrl()).isEqualTo(url);
    assertThat(clickHouse.query("SELECT count() FROM kept.rows_of")).isEqualTo("2\n");
    clickHouse.query("DROP DATABASE kept");
  }

  @Test
  void clickHouseIsTheVersionThatTheProjectIsMadeFor(ClickHouseServer clickHouse) {
    assertThat(clickHouse.query("SELECT version()")).startsWith("26.7.");
  }

  private static void execute(MySqlServer mysql, String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(MySqlServer mysql, String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
