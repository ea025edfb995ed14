package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.ServiceProcess;
import dev.lockstep.system.suite.SourceAndTarget;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("capture")
@ExtendWith(Servers.class)
class ZombieTest {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));
  private static final String READER = "zombie_reader";

  @Test
  void aReplicaThatWasFrozenPastTheSessionTimeoutIsFencedAndLetsGo(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    both.source("CREATE USER " + READER + " IDENTIFIED BY 'z'", "GRANT ALL ON *.* TO " + READER);
    var changes = new SeededChanges("zombie.t", 20261123);
    try (var suite = new LockstepSuite("zombies", kafka, clickHouse).start();
        Connection connection = mysql.connect()) {
      var replicas = List.of(suite.capture, suite.anotherCapture());
      replicas.getLast().start();
      replicas.getLast().awaitReady();
      begin(mysql, suite, both);
      load(changes, connection, 2_000);

      ServiceProcess zombie = ownerAmong(replicas, suite);
      ServiceProcess other = replicas.get(zombie == replicas.getFirst() ? 1 : 0);
      load(changes, connection, 500);
      zombie.suspend();
      long frozen = System.nanoTime();
      load(changes, connection, 2_000);
      eventually("the other replica to run it", LIMIT, () -> runsOn(other, suite));
      System.out.printf(
          "ZombieTest: runs elsewhere after %d ms%n", (System.nanoTime() - frozen) / 1_000_000);
      load(changes, connection, 2_000);
      zombie.resume();
      eventually(
          "the zombie to let the connector go",
          LIMIT,
          () -> Files.readString(zombie.log()).contains("Let go of a connector"));
      eventually(
          "one reader of the binlog to be left",
          LIMIT,
          () -> {
            load(changes, connection, 100);
            return readers(both);
          },
          1);
      ChangedTable.awaitEqual(both, "zombie");
      PublishedChanges.of(suite, "zombie").assertOnceAndInOrder(changes);
      assertThat(runsOn(other, suite)).isTrue();
    }
  }

  private static void begin(MySqlServer mysql, LockstepSuite suite, SourceAndTarget both)
      throws Exception {
    var config = ConnectApi.tutorial(mysql, "zombie", "zombie");
    config.remove("database.server.id");
    config.put("database.user", READER);
    config.put("database.password", "z");
    ChangedTable.begin(suite, both, "zombie", config);
  }

  private static void load(SeededChanges changes, Connection connection, int more)
      throws Exception {
    for (int until = changes.count() + more; changes.count() < until; ) {
      changes.transaction(connection);
    }
  }

  private static ServiceProcess ownerAmong(List<ServiceProcess> replicas, LockstepSuite suite) {
    return eventuallySees(
        "an owner",
        LIMIT,
        () -> {
          for (ServiceProcess replica : replicas) {
            if (runsOn(replica, suite)) {
              return replica;
            }
          }
          throw new IllegalStateException("Nobody runs it");
        },
        owner -> true);
  }

  private static boolean runsOn(ServiceProcess replica, LockstepSuite suite) throws Exception {
    var connector = suite.connect().get("/connectors/zombie/status").path("connector");
    return connector.path("state").asString("").equals("RUNNING")
        && connector.path("worker_id").asString("").endsWith(":" + replica.port());
  }

  private static int readers(SourceAndTarget both) throws Exception {
    return both.sourceRows(
            "SELECT id FROM information_schema.processlist WHERE user = '"
                + READER
                + "' AND command LIKE 'Binlog Dump%'")
        .size();
  }
}
