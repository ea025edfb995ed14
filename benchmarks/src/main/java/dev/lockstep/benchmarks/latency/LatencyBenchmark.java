package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Options;
import dev.lockstep.benchmarks.harness.Rounds;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.Capturer;
import dev.lockstep.benchmarks.subjects.ConnectLibraries;
import dev.lockstep.benchmarks.subjects.KafkaConnect;
import dev.lockstep.benchmarks.subjects.Lockstep;
import dev.lockstep.benchmarks.subjects.Versions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds from a commit until a {@code read_committed} consumer has it: capture-service
 * against Debezium on Kafka Connect, both at their defaults.
 */
public final class LatencyBenchmark {
  private LatencyBenchmark() {}

  /**
   * Runs it.
   *
   * @param arguments the project's folder, a folder for data, then options
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("rounds", "3");
    defaults.put("rate", "500");
    defaults.put("warmup-seconds", "15");
    defaults.put("seconds", "30");
    defaults.put("jvm", "-Xmx512m");
    defaults.put("subjects", "lockstep,connect");
    Options options = Options.parse(List.of(arguments).subList(2, arguments.length), defaults);
    run(Path.of(arguments[0]), Path.of(arguments[1]), options, System.out);
  }

  private static void run(Path project, Path folder, Options options, PrintStream out)
      throws Exception {
    Path libraries = ConnectLibraries.get(project.resolve("benchmarks/target"));
    try (BenchServers servers = BenchServers.start(folder)) {
      List<String> jvm = List.of(options.text("jvm").split(" +", -1));
      List<Capturer> capturers =
          List.of(
              new Lockstep(servers, project, jvm),
              new KafkaConnect(servers, libraries, jvm, Map.of(), Map.of()));
      SteadyChanges.createTable(servers);
      List<Subject> subjects = new ArrayList<>();
      for (Capturer capturer : capturers) {
        if (options.list("subjects").contains(capturer.name())) {
          subjects.add(new LatencySubject(capturer, servers, options));
        }
      }
      new Rounds("latency", options, Versions.report(servers), out).run(subjects);
    }
  }
}
