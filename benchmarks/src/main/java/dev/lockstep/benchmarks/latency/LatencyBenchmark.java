package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Options;
import dev.lockstep.benchmarks.harness.Rounds;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.ApplyService;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.Capturer;
import dev.lockstep.benchmarks.subjects.ConnectLibraries;
import dev.lockstep.benchmarks.subjects.KafkaConnect;
import dev.lockstep.benchmarks.subjects.Lockstep;
import dev.lockstep.benchmarks.subjects.TargetServer;
import dev.lockstep.benchmarks.subjects.Versions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds from a commit until a {@code read_committed} consumer has it: capture-service
 * against Debezium on Kafka Connect, both at their defaults. And until it is visible with FINAL in
 * ClickHouse, through capture-service and apply-service.
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
    defaults.put("subjects", "lockstep,connect,lockstep-visible");
    Options options = Options.parse(List.of(arguments).subList(2, arguments.length), defaults);
    run(Path.of(arguments[0]), Path.of(arguments[1]), options, System.out);
  }

  private static void run(Path project, Path folder, Options options, PrintStream out)
      throws Exception {
    Path libraries = ConnectLibraries.get(project.resolve("benchmarks/target"));
    try (BenchServers servers = BenchServers.start(folder)) {
      List<String> jvm = List.of(options.text("jvm").split(" +", -1));
      var lockstep = new Lockstep(servers, project, jvm);
      var connect = new KafkaConnect(servers, libraries, jvm, Map.of(), Map.of());
      var service = new ApplyService(servers, project, jvm);
      Map<String, LatencySubject.Start> starts = new LinkedHashMap<>();
      starts.put(lockstep.name(), prefix -> intoKafka(servers, lockstep, prefix));
      starts.put(connect.name(), prefix -> intoKafka(servers, connect, prefix));
      starts.put("lockstep-visible", prefix -> intoTarget(servers, lockstep, service, prefix));
      SteadyChanges.createTable(servers);
      List<Subject> subjects = new ArrayList<>();
      starts.forEach(
          (name, start) -> {
            if (options.list("subjects").contains(name)) {
              subjects.add(new LatencySubject(name, start, servers, options));
            }
          });
      new Rounds("latency", options, Versions.reportWithTarget(servers), out).run(subjects);
    }
  }

  private static Watch intoKafka(BenchServers servers, Capturer capturer, String prefix)
      throws Exception {
    return new KafkaWatch(
        capturer.start(prefix, LatencySubject.FROM_NOW_ON),
        new Arrivals(servers.kafka().bootstrapServers(), prefix + "." + SteadyChanges.TABLE));
  }

  private static Watch intoTarget(
      BenchServers servers, Capturer capturer, ApplyService service, String prefix)
      throws Exception {
    TargetServer target = TargetServer.start(servers.folder().resolve(prefix + "-target"));
    return new TargetWatch(
        capturer.start(prefix, LatencySubject.FROM_NOW_ON),
        service.start(prefix, target, prefix + "-apply"),
        target);
  }
}
