package dev.lockstep.benchmarks.subjects;

import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rival: the same Debezium on Kafka Connect, standalone, at least once, JSON without schemas.
 */
public final class KafkaConnect implements Capturer {
  private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

  private final BenchServers servers;
  private final Path libraries;
  private final List<String> jvm;
  private final Map<String, String> worker;
  private final Map<String, String> connector;

  /**
   * Prepares runs.
   *
   * @param libraries the folder with its jars, from {@link ConnectLibraries}
   * @param jvm flags of its JVM
   * @param worker properties of the worker beyond the necessary
   * @param connector keys of the connector that only it gets
   */
  public KafkaConnect(
      BenchServers servers,
      Path libraries,
      List<String> jvm,
      Map<String, String> worker,
      Map<String, String> connector) {
    this.servers = servers;
    this.libraries = libraries;
    this.jvm = List.copyOf(jvm);
    this.worker = Map.copyOf(worker);
    this.connector = Map.copyOf(connector);
  }

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public ServiceRun start(String topicPrefix, Map<String, String> config) throws IOException {
    Path folder = Files.createDirectories(servers.folder().resolve(topicPrefix));
    Path workerFile = folder.resolve("worker.properties");
    Path connectorFile = folder.resolve("connector.properties");
    Files.writeString(workerFile, text(worker(folder)));
    Files.writeString(connectorFile, text(connector(topicPrefix, config)));
    List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            // as capture-service has it: at full speed Debezium would warn for each event
            "-Dorg.slf4j.simpleLogger.log.io.debezium.metrics.stats.MeasurementCollector=error",
            "-cp",
            libraries.resolve("*").toString(),
            "org.apache.kafka.connect.cli.ConnectStandalone",
            workerFile.toString(),
            connectorFile.toString()));
    return new ServiceRun(
        ServerProcess.start(
            command,
            Map.of(),
            servers.folder().resolve(topicPrefix + ".log"),
            Lifetime.WITH_THIS_JVM,
            Optional.empty()));
  }

  private Map<String, String> worker(Path folder) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("bootstrap.servers", servers.kafka().bootstrapServers());
    properties.put("offset.storage.file.filename", folder.resolve("offsets").toString());
    properties.put("listeners", "http://127.0.0.1:" + Ports.free());
    properties.put("key.converter", JSON_CONVERTER);
    properties.put("key.converter.schemas.enable", "false");
    properties.put("value.converter", JSON_CONVERTER);
    properties.put("value.converter.schemas.enable", "false");
    properties.putAll(worker);
    return properties;
  }

  private Map<String, String> connector(String topicPrefix, Map<String, String> config) {
    Map<String, String> properties =
        new TreeMap<>(SourceConfig.of(servers.mysql(), topicPrefix, config));
    properties.put("name", topicPrefix);
    properties.put(
        "schema.history.internal.kafka.bootstrap.servers", servers.kafka().bootstrapServers());
    properties.put("schema.history.internal.kafka.topic", topicPrefix + ".schema-history");
    properties.putAll(connector);
    return properties;
  }

  private static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
