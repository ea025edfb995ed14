package dev.lockstep.benchmarks.subjects;

import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A service of the suite, from its jar as it ships. */
final class ServiceJar {
  private final Path jar;

  /**
   * Finds it.
   *
   * @param project the folder that the suite is built in
   * @param module the service's
   * @throws IOException when it is not built
   */
  ServiceJar(Path project, String module) throws IOException {
    Path target = project.resolve(module).resolve("target");
    String name = "lockstep-" + module + "-[0-9][^/]*(?<!-sources|-classes)\\.jar";
    try (Stream<Path> files = Files.list(target)) {
      this.jar =
          files
              .filter(file -> file.getFileName().toString().matches(name))
              .findFirst()
              .orElseThrow(() -> new IOException("There is no jar of " + module + " in " + target));
    }
  }

  /**
   * Starts it; it ends with this JVM.
   *
   * @param jvm flags of its JVM
   * @param environment its properties beyond Kafka's
   */
  ServiceRun start(
      List<String> jvm, KafkaSettings kafka, Map<String, String> environment, Path log) {
    List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    Map<String, String> all = new HashMap<>(environment);
    all.put("SERVER_PORT", String.valueOf(Ports.free()));
    all.put("LOCKSTEP_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    all.put("LOCKSTEP_KAFKA_TOPIC_PREFIX", kafka.topicPrefix());
    return new ServiceRun(
        ServerProcess.start(command, all, log, Lifetime.WITH_THIS_JVM, Optional.empty()));
  }
}
