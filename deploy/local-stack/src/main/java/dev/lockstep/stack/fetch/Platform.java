package dev.lockstep.stack.fetch;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Programs;
import java.util.Locale;

/**
 * The operating system and CPU, in the words of those who package for them.
 *
 * @param npm as in npm's {@code @chdb/lib-...} packages
 * @param triple as in Debian's library folders
 * @param loader the dynamic loader inside an unpacked Debian, relative
 */
record Platform(String npm, String triple, String loader) {
  private static final String WAY_OUT =
      " Use deploy/compose instead (Docker), or name servers of your own in LOCKSTEP_MYSQL_URL, LOCKSTEP_KAFKA and"
          + " LOCKSTEP_CLICKHOUSE_URL.";

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String os, String cpu) {
    boolean linux = os.toLowerCase(Locale.ROOT).contains("linux");
    boolean mac = os.toLowerCase(Locale.ROOT).contains("mac");
    boolean arm = cpu.equals("aarch64") || cpu.equals("arm64");
    boolean intel = cpu.equals("amd64") || cpu.equals("x86_64");
    if (!(linux || mac) || !(arm || intel)) {
      throw new StackException(
          "There are no servers to fetch for %s on %s (only Linux and macOS, x86-64 and ARM64).%s"
              .formatted(os, cpu, WAY_OUT));
    }
    String npm = (linux ? "linux-" : "darwin-") + (arm ? "arm64" : "x64") + (linux ? "-gnu" : "");
    return arm
        ? new Platform(npm, "aarch64-linux-gnu", "usr/lib/ld-linux-aarch64.so.1")
        : new Platform(npm, "x86_64-linux-gnu", "usr/lib64/ld-linux-x86-64.so.2");
  }

  boolean linux() {
    return npm.startsWith("linux");
  }

  static void needs(String server, String... programs) {
    for (String program : programs) {
      if (Programs.find(program).isEmpty()) {
        throw missing(server, "this machine has no `" + program + "` on its PATH");
      }
    }
  }

  static StackException missing(String server, String what) {
    return new StackException("%s can't be fetched: %s.%s".formatted(server, what, WAY_OUT));
  }
}
