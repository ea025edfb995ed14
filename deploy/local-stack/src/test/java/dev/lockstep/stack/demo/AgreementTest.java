package dev.lockstep.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.process.Ports;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class AgreementTest {
  @AfterEach
  void dropTheDemo(MySqlServer mysql, ClickHouseServer clickHouse) throws SQLException {
    try (Connection connection = mysql.connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS inventory");
    }
    clickHouse.query("DROP DATABASE IF EXISTS inventory");
  }

  @Test
  void aCopyOfTheDemoAgreesAndOneThatLacksARowDoesNot(
      MySqlServer mysql, ClickHouseServer clickHouse) throws Exception {
    List<String> progress = new ArrayList<>();
    new DemoDatabase(mysql, progress::add).prepare();
    new DemoDatabase(mysql, progress::add).prepare();
    copy(mysql, clickHouse);
    Agreement agreement = new Agreement(mysql, clickHouse, progress::add);

    agreement.await(Duration.ofSeconds(5), () -> {});
    assertThat(progress).hasSize(DemoTable.values().length + 1);

    clickHouse.query("DELETE FROM inventory.products WHERE id = 101");
    assertThatThrownBy(() -> agreement.await(Duration.ZERO, () -> {}))
        .isInstanceOf(Agreement.NotReached.class)
        .hasMessageContaining("inventory.products has 199 of 200 rows");
  }

  @Test
  void theChangesOfTheTrickleKeepTheTablesAsLargeAsTheyWere(MySqlServer mysql) throws SQLException {
    new DemoDatabase(mysql, line -> {}).prepare();
    DemoChanges changes = new DemoChanges();
    try (Connection connection = mysql.connect(DemoDatabase.NAME)) {
      for (int i = 0; i < 500; i++) {
        changes.one(connection);
      }
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT COUNT(*) FROM inventory.orders")) {
        rows.next();
        assertThat(rows.getInt(1)).isBetween(1500, 2100);
      }
    }
  }

  @Test
  void aTableThatOnlyHasTheNameOfOneOfTheDemosIsLeftAlone(MySqlServer mysql) throws SQLException {
    try (Connection connection = mysql.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE inventory");
      statement.execute("CREATE TABLE inventory.customers (id INT PRIMARY KEY)");
    }
    assertThatThrownBy(() -> new DemoDatabase(mysql, line -> {}).prepare())
        .hasMessageContaining("'inventory.customers' already that is not the demo's")
        .hasMessageContaining("--no-demo");
  }

  @Test
  void aTableOfTheUsersBesideTheDemosDisturbsNobody(MySqlServer mysql) throws SQLException {
    new DemoDatabase(mysql, line -> {}).prepare();
    try (Connection connection = mysql.connect(DemoDatabase.NAME);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO mine VALUES (1)");
      List<String> progress = new ArrayList<>();
      new DemoDatabase(mysql, progress::add).prepare();
      assertThat(progress).isEmpty();
      try (var rows = statement.executeQuery("SELECT COUNT(*) FROM mine")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  private static void copy(MySqlServer mysql, ClickHouseServer clickHouse) {
    assertThat(Ports.isFree(mysql.port())).isFalse();
    clickHouse.query("CREATE DATABASE inventory");
    for (DemoTable table : DemoTable.values()) {
      String name = table.sqlName().substring("inventory.".length());
      clickHouse.query(
          ("CREATE TABLE %s ENGINE = ReplacingMergeTree ORDER BY id AS"
                  + " SELECT * FROM mysql('%s:%d', 'inventory', '%s', '%s', '%s')")
              .formatted(
                  table.sqlName(),
                  mysql.host(),
                  mysql.port(),
                  name,
                  mysql.user(),
                  mysql.password()));
    }
  }
}
