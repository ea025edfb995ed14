package dev.lockstep.benchmarks.subjects;

import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.StackServers;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A MySQL and a Kafka for one run of a benchmark; they end, and their data goes, with it. */
public final class BenchServers implements AutoCloseable {
  private final Path folder;
  private final MySqlServer mysql;
  private final KafkaServer kafka;

  private BenchServers(Path folder, MySqlServer mysql, KafkaServer kafka) {
    this.folder = folder;
    this.mysql = mysql;
    this.kafka = kafka;
  }

  /** Starts both. The folder is for everything that is written, logs too; it begins empty. */
  public static BenchServers start(Path folder) throws IOException {
    Folders.delete(folder);
    StackServers stack = StackServers.withoutContainers(Map.of());
    Placement mysql =
        Placement.in(folder.resolve("mysql"))
            .withFlags(
                "--sync-binlog=0",
                "--innodb-flush-log-at-trx-commit=2",
                "--max-binlog-size=1G",
                "--max-allowed-packet=64M");
    var servers =
        new BenchServers(
            folder, stack.mysql(mysql), stack.kafka(Placement.in(folder.resolve("kafka"))));
    try {
      servers.mysql.start();
      servers.kafka.start();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** The source. */
  public MySqlServer mysql() {
    return mysql;
  }

  /** The broker. */
  public KafkaServer kafka() {
    return kafka;
  }

  /** Where a round may write. */
  public Path folder() {
    return folder;
  }

  /** What the source says its version is. */
  String mysqlVersion() throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT VERSION()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Runs statements on the source. */
  public void source(String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    kafka.kill();
    mysql.kill();
    Folders.delete(folder);
  }
}
