package dev.lockstep.stack.launcher;

import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts Lockstep's own processes: the three services and the demo's trickle. */
final class Services {
  private static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms32m",
          "-Xmx512m",
          "-XX:MinHeapFreeRatio=15",
          "-XX:MaxHeapFreeRatio=30",
          "-Xss512k",
          "-XX:+UseCompactObjectHeaders",
          "-XX:ReservedCodeCacheSize=96m",
          "-XX:+ExitOnOutOfMemoryError");

  private static final String DEMO_CLASS = "dev.lockstep.stack.demo.Trickle";

  /** A commit is on the disk, kill or not; the service closes the database itself. */
  private static final String DURABLE = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  private final Settings settings;
  private final Servers servers;

  Services(Settings settings, Servers servers) {
    this.settings = settings;
    this.servers = servers;
  }

  ServerProcess startService(Part service) {
    List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
    command.addAll(SMALL);
    command.addAll(List.of("-jar", jar(service).toString()));
    return start(service, command, environment(service));
  }

  ServerProcess startDemo() {
    List<String> command =
        List.of(
            Programs.java().toString(),
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            demoClassPath(),
            DEMO_CLASS);
    return start(
        Part.DEMO,
        command,
        Map.of(
            "LOCKSTEP_DEMO_URL", servers.mysql().jdbcUrl("inventory"),
            "LOCKSTEP_DEMO_USER", servers.mysql().user(),
            "LOCKSTEP_DEMO_PASSWORD", servers.mysql().password()));
  }

  private ServerProcess start(Part part, List<String> command, Map<String, String> environment) {
    return ServerProcess.start(
        command, environment, settings.log(part), Lifetime.UNTIL_STOPPED, Optional.empty());
  }

  private Map<String, String> environment(Part service) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", String.valueOf(settings.port(service.ports.getFirst())));
    environment.put("LOCKSTEP_KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers());
    if (service == Part.APPLY) {
      environment.put("LOCKSTEP_APPLY_CLICKHOUSE_URL", servers.clickHouse().httpUrl());
      environment.put("LOCKSTEP_APPLY_CLICKHOUSE_USER", servers.clickHouse().user());
      environment.put("LOCKSTEP_APPLY_CLICKHOUSE_PASSWORD", servers.clickHouse().password());
    }
    if (service == Part.ADMIN) {
      environment.put(
          "LOCKSTEP_ADMIN_DATABASE_URL",
          "jdbc:h2:file:" + settings.folder(service).resolve("lockstep") + DURABLE);
    }
    return environment;
  }

  /** A copy, so that a build does not pull the jar from under the running service. */
  private Path jar(Part service) {
    Path built = settings.project().resolve(service.title).resolve("target");
    try (Stream<Path> files = Files.list(built)) {
      Path jar =
          files
              .filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches(
                              "lockstep-"
                                  + service.title
                                  + "-[0-9][^/]*(?<!-sources|-classes)\\.jar"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new StackException(
                          "There is no jar of %s in %s".formatted(service.title, built)));
      return copy(jar, settings.home().resolve("lib"));
    } catch (IOException e) {
      throw new StackException(
          "The jar of %s can't be had: %s".formatted(service.title, e.getMessage()), e);
    }
  }

  private String demoClassPath() {
    List<String> copies = new ArrayList<>();
    try {
      for (String entry : System.getProperty("java.class.path").split(":", -1)) {
        Path file = Path.of(entry);
        copies.add(
            (Files.isDirectory(file) ? file : copy(file, settings.home().resolve("lib")))
                .toString());
      }
    } catch (IOException e) {
      throw new StackException("The demo's classes can't be copied: " + e.getMessage(), e);
    }
    return String.join(":", copies);
  }

  private static Path copy(Path file, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path partial = folder.resolve(file.getFileName() + ".partial");
    Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
    return Files.move(
        partial, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
