package dev.lockstep.stack.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** ClickHouse as libchdb, through npm, which checks the package's integrity itself. */
final class ClickHouseDistribution {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private ClickHouseDistribution() {}

  static Path get(Cache cache) {
    String platform = Platform.current().npm();
    return cache
        .get(
            "chdb-%s-%s".formatted(Versions.of("chdb"), platform),
            folder -> fetch(platform, folder))
        .resolve("libchdb.so");
  }

  private static void fetch(String platform, Path folder) throws IOException {
    Platform.needs("ClickHouse", "npm", "tar");
    String name = "@chdb/lib-%s@%s".formatted(platform, Versions.of("chdb"));
    Progress.say("fetching ClickHouse (%s) through npm (178 MB)".formatted(name));
    String archive = Command.run(folder, LIMIT, List.of("npm", "pack", "--silent", name)).strip();
    Command.run(
        folder,
        LIMIT,
        List.of("tar", "-xzf", archive, "--strip-components=1", "package/libchdb.so"));
    Files.delete(folder.resolve(archive));
  }
}
