package dev.lockstep.benchmarks.capture;

import dev.lockstep.benchmarks.backlog.Backlog;
import dev.lockstep.benchmarks.backlog.BacklogTopics;
import dev.lockstep.benchmarks.backlog.DataTopic;
import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.Capturer;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Captures the whole backlog, from the binlog's begin, in a process of its own. Time runs from the
 * first record to the last in the topic, by the broker's clock; processor time from the first
 * record too.
 */
final class BacklogSubject implements Subject {
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
      var topics = new BacklogTopics(admin, kafka, prefix);
      ProcessUsage usage = topics.capture(capturer, backlog);
      Figures figures = figures(topics.read(backlog), usage);
      topics.delete();
      return figures;
    }
  }

  private static Figures figures(DataTopic.Content content, ProcessUsage usage) {
    double seconds = (content.lastMillis() - content.firstMillis()) / 1e3;
    return Figures.throughput(content.records(), seconds, usage)
        .with("eventBytes", (double) content.bytes() / content.records());
  }
}
