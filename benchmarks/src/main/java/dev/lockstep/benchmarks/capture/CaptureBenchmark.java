package dev.lockstep.benchmarks.capture;

import dev.lockstep.benchmarks.backlog.Backlog;
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
 * Rows per second from a backlog in the binlog to Kafka: capture-service, exactly once, against
 * Debezium on Kafka Connect, at least once.
 */
public final class CaptureBenchmark {
  /** How operators tune Connect for throughput. */
  private static final Map<String, String> WORKER =
      Map.of("producer.compression.type", "lz4", "producer.linger.ms", "20");

  private static final Map<String, String> CONNECTOR =
      Map.of("max.batch.size", "8192", "max.queue.size", "32768");

  private CaptureBenchmark() {}

  /**
   * Runs it.
   *
   * @param arguments the project's folder, a folder for data, then options
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("rounds", "3");
    defaults.put("rows", "1000000");
    defaults.put("jvm", "-Xmx1g");
    defaults.put("subjects", "lockstep,connect");
    Options options = Options.parse(List.of(arguments).subList(2, arguments.length), defaults);
    run(Path.of(arguments[0]), Path.of(arguments[1]), options, System.out);
  }

  private static void run(Path project, Path folder, Options options, PrintStream out)
      throws Exception {
    Path libraries = ConnectLibraries.get(project.resolve("benchmarks/target"));
    try (BenchServers servers = BenchServers.start(folder)) {
      List<String> jvm = List.of(options.text("jvm").split(" +", -1));
      var lockstep = new Lockstep(servers, project, jvm);
      var connect = new KafkaConnect(servers, libraries, jvm, WORKER, CONNECTOR);
      var backlog = new Backlog(options.number("rows"));
      out.printf("writing a backlog of %,d rows%n", backlog.rows());
      backlog.write(servers);
      List<Subject> subjects = new ArrayList<>();
      for (Capturer capturer : List.of(lockstep, connect)) {
        if (options.list("subjects").contains(capturer.name())) {
          subjects.add(new BacklogSubject(capturer, servers, backlog));
        }
      }
      new Rounds("capture", options, Versions.report(servers), out).run(subjects);
    }
  }
}
