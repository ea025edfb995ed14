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
 * A server's packages from one of Debian's suites, through an apt that knows nothing of this
 * machine's own packages and so downloads every library, libc6 included; apt checks signatures and
 * hashes. Nothing is installed: the packages are unpacked.
 *
 * @param server as users read it
 * @param version as users read it
 * @param suite the suite that has it
 * @param names the packages, without what they depend on
 */
record DebianPackages(String server, String version, String suite, List<String> names) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Not needed at run time; Debian's Perl scripts come with the closure. */
  private static final List<String> SPARE =
      List.of("usr/share/doc", "usr/share/man", "usr/share/perl", "usr/share/locale", "etc");

  DebianPackages {
    names = List.copyOf(names);
  }

  /** Their unpacked files, in a folder of the cache. */
  Path root(Cache cache) {
    Platform platform = Platform.current();
    if (!platform.linux()) {
      throw Platform.missing(
          server, "only Debian has it as a package that runs without being installed");
    }
    String name =
        "%s-%s-%s".formatted(names.getFirst().split("-", 2)[0], version, platform.triple());
    return cache.get(name, this::fetch);
  }

  private void fetch(Path root) throws IOException {
    Platform.needs(server, "apt-get", "dpkg-deb");
    Path apt = Files.createTempDirectory("lockstep-apt-");
    try {
      Progress.say("fetching %s %s through apt (package lists)".formatted(server, version));
      List<String> aptGet = updated(apt);
      Progress.say("fetching %s %s through apt (packages)".formatted(server, version));
      List<String> install = new ArrayList<>(aptGet);
      install.addAll(List.of("-y", "-d", "--no-install-recommends", "install"));
      install.addAll(names);
      Command.run(apt, LIMIT, install);
      unpack(apt.resolve("cache/archives"), root);
    } finally {
      Folders.delete(apt);
    }
  }

  /** The apt-get command of the first of this machine's mirrors that has the suite. */
  private List<String> updated(Path apt) throws IOException {
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
        server,
        "none of the %d archives that apt is configured with has Debian's suite %s%n%s%n"
            .formatted(mirrors.size(), suite, String.join("\n", refusals)));
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

  private List<String> privateApt(Path apt, String mirror) throws IOException {
    Files.createDirectories(apt.resolve("lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Files.writeString(apt.resolve("sources.list"), "deb %s %s main%n".formatted(mirror, suite));
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

  private void unpack(Path archives, Path root) throws IOException {
    List<Path> packages;
    try (Stream<Path> files = Files.list(archives)) {
      packages = files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
    Progress.say("unpacking %s (%d packages)".formatted(server, packages.size()));
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
