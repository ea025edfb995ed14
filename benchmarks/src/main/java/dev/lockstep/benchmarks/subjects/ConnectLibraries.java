package dev.lockstep.benchmarks.subjects;

import dev.lockstep.stack.fetch.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kafka Connect and Debezium's MySQL connector with all they need, through Maven. */
public final class ConnectLibraries {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>dev.lockstep</groupId>
        <artifactId>fetch-connect</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <dependencies>
          <dependency>
            <groupId>org.apache.kafka</groupId>
            <artifactId>connect-runtime</artifactId>
            <version>%1$s</version>
          </dependency>
          <dependency>
            <groupId>io.debezium</groupId>
            <artifactId>debezium-connector-mysql</artifactId>
            <version>%2$s</version>
          </dependency>
          <dependency>
            <groupId>org.slf4j</groupId>
            <artifactId>slf4j-simple</artifactId>
            <version>1.7.36</version>
          </dependency>
        </dependencies>
      </project>
      """;

  private ConnectLibraries() {}

  /**
   * Fetches them once into a folder of the build.
   *
   * @param target the build's folder
   * @return the folder with the jars
   */
  public static Path get(Path target) throws IOException {
    Path folder =
        target.resolve(
            "connect-%s-debezium-%s".formatted(Versions.of("kafka"), Versions.of("debezium")));
    Path libraries = folder.resolve("libs");
    Path complete = folder.resolve("complete");
    if (!Files.exists(complete)) {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("pom.xml"), POM.formatted(Versions.of("kafka"), Versions.of("debezium")));
      Command.run(
          folder,
          LIMIT,
          List.of(
              "mvn",
              "-B",
              "-q",
              "org.apache.maven.plugins:maven-dependency-plugin:%s:copy-dependencies"
                  .formatted(Versions.of("maven-dependency-plugin")),
              "-DincludeScope=runtime",
              "-DoutputDirectory=" + libraries));
      Files.createFile(complete);
    }
    return libraries;
  }
}
