package dev.lockstep.system.suite;

import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The three services as processes, against the given servers, with control topics of their own. */
public final class LockstepSuite implements AutoCloseable {
  private final Path folder;
  private final KafkaSettings kafka;
  private final Map<String, String> shared;
  private final List<ServiceProcess> further = new ArrayList<>();
  public final ServiceProcess capture;
  public final ServiceProcess apply;
  public final ServiceProcess admin;

  /** Prepares a suite; nothing is started yet. */
  public LockstepSuite(String prefix, KafkaServer kafkaServer, ClickHouseServer clickHouse)
      throws IOException {
    this.folder = Files.createTempDirectory("lockstep-" + prefix);
    this.kafka = new KafkaSettings(kafkaServer.bootstrapServers(), prefix, (short) -1, Map.of());
    this.shared =
        Map.of(
            "LOCKSTEP_KAFKA_BOOTSTRAP_SERVERS",
            kafkaServer.bootstrapServers(),
            "LOCKSTEP_KAFKA_TOPIC_PREFIX",
            prefix);
    this.capture = new ServiceProcess("capture", folder, shared);
    this.apply =
        new ServiceProcess(
            "apply",
            folder,
            with(
                shared,
                Map.of(
                    "LOCKSTEP_APPLY_CLICKHOUSE_URL", clickHouse.httpUrl(),
                    "LOCKSTEP_APPLY_CLICKHOUSE_USER", clickHouse.user(),
                    "LOCKSTEP_APPLY_CLICKHOUSE_PASSWORD", clickHouse.password())));
    this.admin =
        new ServiceProcess(
            "admin",
            folder,
            with(
                shared,
                Map.of(
                    "LOCKSTEP_ADMIN_DATABASE_URL",
                    "jdbc:h2:file:"
                        + folder.resolve("admin")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")));
  }

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    return Stream.of(one, other)
        .flatMap(map -> map.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Starts all three and waits until they are ready. */
  public LockstepSuite start() {
    capture.start();
    apply.start();
    admin.start();
    capture.awaitReady();
    apply.awaitReady();
    admin.awaitReady();
    return this;
  }

  /** A further replica of capture-service, not started yet; it ends with the suite. */
  public ServiceProcess anotherCapture() {
    var replica = new ServiceProcess("capture", "capture-" + (further.size() + 2), folder, shared);
    further.add(replica);
    return replica;
  }

  /** The Connect-compatible REST of admin-service. */
  public ConnectApi connect() {
    return new ConnectApi(admin.port());
  }

  /** How Kafka is reached. */
  public KafkaSettings kafka() {
    return kafka;
  }

  /** Everything that the services have logged. */
  public String logs() throws IOException {
    return Files.readString(capture.log())
        + Files.readString(apply.log())
        + Files.readString(admin.log());
  }

  @Override
  public void close() throws IOException {
    admin.stop();
    capture.stop();
    further.forEach(ServiceProcess::stop);
    apply.stop();
    Folders.delete(folder);
  }
}
