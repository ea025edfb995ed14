package dev.lockstep.stack.fetch;

import java.nio.file.Path;
import java.util.List;

/** MariaDB from Debian's suite bookworm, which has 10.11 (later suites have later ones). */
final class MariaDbDistribution {
  private MariaDbDistribution() {}

  static Distributions.Unpacked get(Cache cache) {
    Platform platform = Platform.current();
    Path root =
        new DebianPackages(
                "MariaDB",
                Versions.of("mariadb"),
                "bookworm",
                List.of("mariadb-server-core", "mariadb-client-core"))
            .root(cache);
    // There libraries lie in both folders: /lib is no link to /usr/lib when it is not installed.
    Path base = root.resolve("lib").resolve(platform.triple());
    return new Distributions.Unpacked(
        root,
        base.resolve(Path.of(platform.loader()).getFileName()),
        base + ":" + root.resolve("usr/lib").resolve(platform.triple()));
  }
}
