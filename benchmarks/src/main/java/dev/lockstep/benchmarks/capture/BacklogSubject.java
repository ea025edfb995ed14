package dev.lockstep.benchmarks.capture;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.CaptureRun;
import dev.lockstep.benchmarks.subjects.Capturer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Captures the whole backlog, from the binlog's begin, in a process of its own. Time runs from the
 * first record to the last in the topic, by the broker's clock; processor time from the first
 * record too.
 */
final class BacklogSubject implements Subject {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** No snapshot: the tables' definitions are at the binlog's begin. */
  private static final Map<String, String> FROM_THE_BEGIN =
      Map.of(
          "database.include.list", Backlog.DATABASE,
          "snapshot.mode", "configuration_based",
          "snapshot.mode.configuration.based.snapshot.schema", "false",
          "snapshot.mode.configuration.based.snapshot.data", "false",
          "snapshot.mode.configuration.based.start.stream", "true");

  private final Capturer capturer;
  private final BenchServers servers;
  private final Backlog backlog;

  BacklogSubject(Capturer capturer, BenchServers servers, Backlog backlog) {
    this.capturer = capturer;
    this.servers = servers;
    this.backlog = backlog;
  }

  @Override
  public String name() {
    return capturer.name();
  }

  @Override
  public Figures measure(int round) throws Exception {
    String prefix = "%s-%d".formatted(name(), round);
    String kafka = servers.kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      var orders = new DataTopic(admin, kafka, prefix + "." + Backlog.ORDERS);
      var done = new DataTopic(admin, kafka, prefix + "." + Backlog.DONE);
      orders.create();
      done.create();
      ProcessUsage usage = capture(prefix, orders, done);
      Figures figures = figures(orders.read(), usage);
      orders.delete();
      return figures;
    }
  }

  private ProcessUsage capture(String prefix, DataTopic orders, DataTopic done) throws Exception {
    try (CaptureRun run = capturer.start(prefix, FROM_THE_BEGIN)) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      await(run, orders, 1, deadline);
      ProcessUsage before = run.usage();
      await(run, done, 1, deadline);
      // a producer keeps no order between topics
      await(run, orders, backlog.rows(), deadline);
      return run.usage().since(before);
    }
  }

  private static void await(CaptureRun run, DataTopic topic, long end, long deadline)
      throws Exception {
    while (topic.end() < end) {
      run.verifyAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "The backlog was not captured within " + LIMIT + ":\n" + run.lastWords());
      }
      Thread.sleep(LOOK);
    }
  }

  private Figures figures(DataTopic.Content content, ProcessUsage usage) {
    if (content.records() != backlog.rows()) {
      throw new IllegalStateException(
          "%s published %d records of %d rows"
              .formatted(name(), content.records(), backlog.rows()));
    }
    double seconds = (content.lastMillis() - content.firstMillis()) / 1e3;
    return Figures.throughput(content.records(), seconds, usage)
        .with("eventBytes", (double) content.bytes() / content.records());
  }
}
