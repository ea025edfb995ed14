package dev.lockstep.stack.fetch;

import java.nio.file.Path;
import java.util.List;

/** MySQL from Debian's unstable suite. */
final class MySqlDistribution {
  private MySqlDistribution() {}

  static Distributions.Unpacked get(Cache cache) {
    Platform platform = Platform.current();
    Path root =
        new DebianPackages(
                "MySQL",
                Versions.of("mysql"),
                "sid",
                List.of("mysql-server-core", "mysql-client-core"))
            .root(cache);
    Path libraries = root.resolve("usr/lib").resolve(platform.triple());
    return new Distributions.Unpacked(
        root,
        root.resolve(platform.loader()),
        libraries + ":" + libraries.resolve("mysql/private"));
  }
}
