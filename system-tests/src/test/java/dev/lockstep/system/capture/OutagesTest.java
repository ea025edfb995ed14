package dev.lockstep.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What capture-service depends on goes away and comes back, while rows are written. */
@Tag("capture")
@ExtendWith(Servers.class)
class OutagesTest {
  private static final String NAME = "outages";

  /** Longer than a send may take, and than a transaction may stay open. */
  private static final Duration FROZEN = Duration.ofSeconds(40);

  private static final Duration BETWEEN = Duration.ofSeconds(3);
  private static final Duration BETWEEN_TRANSACTIONS = Duration.ofMillis(100);

  private final SeededChanges changes = new SeededChanges(NAME + ".t", 20261123);
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void aFrozenBrokerAKilledOneAndARestartedSourceCostNoChangeAndRepeatNone(
      ClickHouseServer clickHouse) throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql();
        KafkaServer kafka = SharedServers.ownKafka()) {
      mysql.start();
      kafka.start();
      var both = new SourceAndTarget(mysql, clickHouse);
      try (var suite = new LockstepSuite("outagesuite", kafka, clickHouse).start()) {
        ChangedTable.begin(mysql, suite, both, NAME);
        try (Connection connection = mysql.connect()) {
          write(connection, BETWEEN);
          freeze(kafka, connection);
          write(connection, BETWEEN);
          kafka.kill();
          write(connection, BETWEEN);
          kafka.start();
          write(connection, BETWEEN);
        }
        // Between two transactions, so that each is known to be committed or not.
        mysql.stop();
        mysql.start();
        try (Connection connection = mysql.connect()) {
          write(connection, BETWEEN);
        }
        ChangedTable.awaitEqual(both, NAME);
        PublishedChanges.of(suite, NAME).assertOnceAndInOrder(changes);
        suite.connect().awaitState(NAME, "RUNNING");
        suite.capture.awaitReady();
      }
    }
  }

  private void freeze(KafkaServer kafka, Connection connection) throws Exception {
    signal(kafka, "-STOP");
    try {
      write(connection, FROZEN);
    } finally {
      signal(kafka, "-CONT");
    }
  }

  private static void signal(KafkaServer kafka, String signal) throws Exception {
    String pid = String.valueOf(kafka.pid().orElseThrow());
    assertThat(new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor()).isZero();
  }

  private void write(Connection connection, Duration lasts) throws Exception {
    long end = System.nanoTime() + lasts.toNanos();
    while (System.nanoTime() < end) {
      changes.transaction(connection);
      boolean _ = never.await(BETWEEN_TRANSACTIONS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
