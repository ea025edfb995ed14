package dev.lockstep.stack.launcher;

import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What runs, where, and how it is. */
final class Status {
  static final int ALL_UP = 0;
  static final int PARTLY = 1;
  static final int NOTHING = 3;

  private static final String ROW = "%-16s %-8s %-12s %-10s %s";

  private final State state;
  private final Settings settings;
  private final Servers servers;

  Status(Settings given) {
    this.state = State.load(given.home());
    this.settings = given.withPorts(state.ports());
    this.servers = Servers.of(settings);
  }

  /** Prints the table and gives the exit code: 0 all up, 1 partly, 3 nothing. */
  int print() {
    if (state.processes().stream().noneMatch(StartedProcess::isAlive)) {
      Console.answer("Nothing of Lockstep is running; './lockstep up' starts it.");
      return NOTHING;
    }
    Console.answer(ROW.formatted("NAME", "PID", "PORT", "RSS", "STATE"));
    List<String> states = new ArrayList<>();
    try (Health health = new Health()) {
      for (Part part : Part.values()) {
        if (part != Part.DEMO || known(part)) {
          states.add(print(part, health));
        }
      }
    }
    return states.stream().allMatch("up"::equals) ? ALL_UP : PARTLY;
  }

  private boolean known(Part part) {
    return state.processes().stream().anyMatch(process -> process.part() == part);
  }

  private String print(Part part, Health health) {
    String pid = state.alive(part).map(process -> String.valueOf(process.pid())).orElse("-");
    String ports =
        part.ports.stream()
            .map(port -> String.valueOf(settings.port(port)))
            .collect(Collectors.joining(","));
    String how = how(part, health);
    String shownPorts = ports.isEmpty() || state.isGiven(part) ? "-" : ports;
    Console.answer(ROW.formatted(part.title, pid, shownPorts, rss(part), how));
    return how.startsWith("up") ? "up" : how;
  }

  private String how(Part part, Health health) {
    boolean given = state.isGiven(part);
    if (!given && state.alive(part).isEmpty()) {
      return known(part) ? "dead; see './lockstep logs %s'".formatted(part.id()) : "not started";
    }
    if (given && !Servers.isGiven(settings, part)) {
      return "up (given when Lockstep was started; not asked)";
    }
    try {
      probe(part, health).check();
      return given ? "up (given)" : "up";
    } catch (Exception e) {
      return "not ready: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  private Probe probe(Part part, Health health) {
    return switch (part) {
      case MYSQL -> () -> Readiness.mysql(servers.mysql());
      case KAFKA -> () -> Readiness.kafka(servers.kafka().bootstrapServers());
      case CLICKHOUSE -> () -> Readiness.clickHouse(servers.clickHouse());
      case CAPTURE, APPLY, ADMIN -> () -> health.requireReady(settings.port(part.ports.getFirst()));
      case DEMO -> () -> {};
    };
  }

  private String rss(Part part) {
    return state.alive(part).map(process -> rss(process.pid())).orElse("-");
  }

  private static String rss(long pid) {
    try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
          .findFirst()
          .orElse("-");
    } catch (IOException e) {
      // no /proc on this system
      return "-";
    }
  }
}
