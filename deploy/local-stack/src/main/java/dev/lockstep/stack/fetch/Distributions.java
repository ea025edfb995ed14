package dev.lockstep.stack.fetch;

import java.nio.file.Path;
import java.util.List;

/** The servers' software, fetched at first need. */
public final class Distributions {
  private static final Cache CACHE = Cache.ofUser(System.getenv());

  private Distributions() {}

  /**
   * An unpacked Debian with a server and its programs, which run under its own loader.
   *
   * @param root the root of the unpacked file system
   */
  public record Unpacked(Path root, Path loader, String libraryPath) {
    /** The words that run one of its programs, before the program's own arguments. */
    public List<String> command(String program) {
      return List.of(
          loader.toString(), "--library-path", libraryPath, root.resolve(program).toString());
    }
  }

  /** MySQL 9.7. */
  public static Unpacked mysql() {
    return MySqlDistribution.get(CACHE);
  }

  /** MariaDB 10.11. */
  public static Unpacked mariaDb() {
    return MariaDbDistribution.get(CACHE);
  }

  /** The folder of Kafka's jars. */
  public static Path kafka() {
    return KafkaDistribution.get(CACHE);
  }

  /** ClickHouse as a shared library. */
  public static Path clickHouse() {
    return ClickHouseDistribution.get(CACHE);
  }
}
