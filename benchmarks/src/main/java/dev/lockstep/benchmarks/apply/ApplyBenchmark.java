package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.backlog.Backlog;
import dev.lockstep.benchmarks.backlog.BacklogTopics;
import dev.lockstep.benchmarks.backlog.DataTopic;
import dev.lockstep.benchmarks.harness.Options;
import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.harness.Rounds;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.ApplyService;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.Lockstep;
import dev.lockstep.benchmarks.subjects.Versions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rows per second from a backlog in Kafka to ClickHouse: apply-service against ClickHouse's own
 * Kafka table engine, one consumer each.
 */
public final class ApplyBenchmark {
  private static final String PREFIX = "backlog";

  private ApplyBenchmark() {}

  /**
   * Runs it.
   *
   * @param arguments the project's folder, a folder for data, then options
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("rounds", "3");
    defaults.put("rows", "1000000");
    defaults.put("jvm", "-Xmx512m -XX:+UseParallelGC");
    defaults.put("subjects", "lockstep,kafka-engine");
    Options options = Options.parse(List.of(arguments).subList(2, arguments.length), defaults);
    run(Path.of(arguments[0]), Path.of(arguments[1]), options, System.out);
  }

  private static void run(Path project, Path folder, Options options, PrintStream out)
      throws Exception {
    try (BenchServers servers = BenchServers.start(folder)) {
      int rows = options.number("rows");
      DataTopic topic = capture(servers, project, rows, out);
      Map<String, String> versions = Versions.reportWithTarget(servers);
      servers.mysql().stop();
      List<String> jvm = List.of(options.text("jvm").split(" +", -1));
      var contents = new Contents(rows);
      List<Subject> subjects = new ArrayList<>();
      for (Filler filler : fillers(servers, new ApplyService(servers, project, jvm), topic)) {
        if (options.list("subjects").contains(filler.name())) {
          subjects.add(new FillSubject(filler, contents, folder));
        }
      }
      new Rounds("apply", options, versions, out).run(subjects);
    }
  }

  /** The backlog is real: capture-service publishes it, then it and MySQL end. */
  private static DataTopic capture(BenchServers servers, Path project, int rows, PrintStream out)
      throws Exception {
    var backlog = new Backlog(rows);
    out.printf("capturing a backlog of %,d rows%n", rows);
    backlog.write(servers);
    String kafka = servers.kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      var topics = new BacklogTopics(admin, kafka, PREFIX);
      ProcessUsage _ = topics.capture(new Lockstep(servers, project, List.of("-Xmx1g")), backlog);
      DataTopic.Content content = topics.read(backlog);
      out.printf("it is in Kafka, %d bytes an event%n", content.bytes() / content.records());
      return topics.orders();
    }
  }

  private static List<Filler> fillers(BenchServers servers, ApplyService service, DataTopic topic) {
    List<Filler> fillers = new ArrayList<>();
    fillers.add(new LockstepFiller(service, PREFIX));
    for (KafkaEngine engine : KafkaEngine.values()) {
      fillers.add(engine.filler(servers.kafka().bootstrapServers(), topic.name()));
    }
    return fillers;
  }
}
