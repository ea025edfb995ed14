package dev.lockstep.stack.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kafka's broker and command-line tools, with all they need, through Maven. */
final class KafkaDistribution {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>dev.lockstep</groupId>
        <artifactId>fetch-kafka</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <dependencies>
          <dependency>
            <groupId>org.apache.kafka</groupId>
            <artifactId>kafka_2.13</artifactId>
            <version>%1$s</version>
          </dependency>
          <dependency>
            <groupId>org.apache.kafka</groupId>
            <artifactId>kafka-tools</artifactId>
            <version>%1$s</version>
          </dependency>
          <dependency>
            <groupId>org.slf4j</groupId>
            <artifactId>slf4j-simple</artifactId>
            <version>1.7.36</version>
          </dependency>
        </dependencies>
      </project>
      """;

  private KafkaDistribution() {}

  static Path get(Cache cache) {
    return cache.get("kafka-" + Versions.of("kafka"), KafkaDistribution::fetch).resolve("libs");
  }

  private static void fetch(Path folder) throws IOException {
    Platform.needs("Kafka", "mvn");
    Progress.say("fetching Kafka %s through Maven (54 MB)".formatted(Versions.of("kafka")));
    Files.writeString(folder.resolve("pom.xml"), POM.formatted(Versions.of("kafka")));
    Command.run(
        folder,
        LIMIT,
        List.of(
            "mvn",
            "-B",
            "-q",
            "org.apache.maven.plugins:maven-dependency-plugin:%s:copy-dependencies"
                .formatted(Versions.of("maven-dependency-plugin")),
            "-DoutputDirectory=" + folder.resolve("libs")));
  }
}
