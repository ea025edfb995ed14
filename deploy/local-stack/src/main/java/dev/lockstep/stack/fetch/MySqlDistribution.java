package dev.lockstep.stack.fetch;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * MySQL from Debian's unstable suite, through an apt that knows nothing of this machine's own
 * packages and so downloads every library, libc6 included; apt checks signatures and hashes.
 * Nothing is installed: the packages are unpacked.
 */
final class MySqlDistribution {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Not needed at run time; Debian's Perl scripts come with the closure. */
  private static final List<String> SPARE =
      List.of("usr/share/doc", "usr/share/man", "usr/share/perl", "usr/share/locale", "etc");

  private MySqlDistribution() {}

  static Distributions.MySql get(Cache cache) {
    Platform platform = Platform.current();
    if (!platform.linux()) {
      throw Platform.missing(
          "MySQL", "only Debian has it as a package that runs without being installed");
    }
    String name = "mysql-%s-%s".formatted(Versions.of("mysql"), platform.triple());
    Path root = cache.get(name, MySqlDistribution::fetch);
    Path libraries = root.resolve("usr/lib").resolve(platform.triple());
    return new Distributions.MySql(
        root,
        root.resolve(platform.loader()),
        libraries + ":" + libraries.resolve("mysql/private"));
  }

  private static void fetch(Path root) throws IOException {
    Platform.needs("MySQL", "apt-get", "dpkg-deb");
    Path apt = Files.createTempDirectory("lockstep-apt-");
    try {
      Progress.say(
          "fetching MySQL %s through apt (package lists, 11 MB)".formatted(Versions.of("mysql")));
      List<String> aptGet = updated(apt);
      Progress.say(
          "fetching MySQL %s through apt (packages, 63 MB)".formatted(Versions.of("mysql")));
      List<String> install = new ArrayList<>(aptGet);
      install.addAll(
          List.of(
              "-y",
              "-d",
              "--no-install-recommends",
              "install",
              "mysql-server-core",
              "mysql-client-core"));
      Command.run(apt, LIMIT, install);
      unpack(apt.resolve("cache/archives"), root);
    } finally {
      Folders.delete(apt);
    }
  }

  /** The apt-get command of the first of this machine's mirrors that has the unstable suite. */
  private static List<String> updated(Path apt) throws IOException {
    List<String> mirrors = mirrors(apt);
    List<String> refusals = new ArrayList<>();
    for (String mirror : mirrors) {
      List<String> aptGet = privateApt(apt, mirror);
      try {
        Command.run(apt, LIMIT, append(aptGet, "update"));
        return aptGet;
      } catch (StackException e) {
        refusals.add(String.valueOf(e.getMessage()));
      }
    }
    throw Platform.missing(
        "MySQL",
        "none of the %d archives that apt is configured with has Debian's suite sid%n%s%n"
            .formatted(mirrors.size(), String.join("\n", refusals)));
  }

  private static List<String> mirrors(Path apt) {
    return Command.run(
            apt,
            Duration.ofMinutes(1),
            List.of("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"))
        .lines()
        .distinct()
        .filter(uri -> !uri.contains("security"))
        .toList();
  }

  private static List<String> privateApt(Path apt, String mirror) throws IOException {
    Files.createDirectories(apt.resolve("lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Files.writeString(apt.resolve("sources.list"), "deb %s sid main%n".formatted(mirror));
    Files.writeString(apt.resolve("status"), "");
    List<String> command = new ArrayList<>(List.of("apt-get"));
    for (String option :
        List.of(
            "Dir::State::Lists=" + apt.resolve("lists"),
            "Dir::Cache=" + apt.resolve("cache"),
            "Dir::State::status=" + apt.resolve("status"),
            "Dir::Etc::sourcelist=" + apt.resolve("sources.list"),
            "Dir::Etc::sourceparts=-",
            "APT::Update::Error-Mode=any",
            "APT::Sandbox::User=root",
            "Debug::NoLocking=1")) {
      command.addAll(List.of("-o", option));
    }
    return List.copyOf(command);
  }

  private static void unpack(Path archives, Path root) throws IOException {
    List<Path> packages;
    try (Stream<Path> files = Files.list(archives)) {
      packages = files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
    Progress.say("unpacking MySQL (%d packages)".formatted(packages.size()));
    for (Path file : packages) {
      Command.run(root, LIMIT, List.of("dpkg-deb", "-x", file.toString(), root.toString()));
    }
    for (String spare : SPARE) {
      Folders.delete(root.resolve(spare));
    }
  }

  private static List<String> append(List<String> command, String word) {
    List<String> longer = new ArrayList<>(command);
    longer.add(word);
    return longer;
  }
}
