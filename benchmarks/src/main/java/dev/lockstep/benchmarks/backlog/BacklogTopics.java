package dev.lockstep.benchmarks.backlog;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.subjects.Capturer;
import dev.lockstep.benchmarks.subjects.ServiceRun;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The topics that a backlog is captured into, under a prefix of their own. */
public final class BacklogTopics {
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

  private final String prefix;
  private final DataTopic orders;
  private final DataTopic done;

  /**
   * Names them; they are not made yet.
   *
   * @param prefix the connector's {@code topic.prefix}
   */
  public BacklogTopics(Admin admin, String bootstrapServers, String prefix) {
    this.prefix = prefix;
    this.orders = new DataTopic(admin, bootstrapServers, prefix + "." + Backlog.ORDERS);
    this.done = new DataTopic(admin, bootstrapServers, prefix + "." + Backlog.DONE);
  }

  /** The one with the rows that count. */
  public DataTopic orders() {
    return orders;
  }

  /**
   * Makes them, and captures the whole backlog into them from the binlog's begin, in a process of
   * its own, which ends in order.
   *
   * @return what the process used from the first record on
   */
  public ProcessUsage capture(Capturer capturer, Backlog backlog) throws Exception {
    orders.create();
    done.create();
    try (ServiceRun run = capturer.start(prefix, FROM_THE_BEGIN)) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      await(run, orders, 1, deadline);
      ProcessUsage before = run.usage();
      await(run, done, 1, deadline);
      // a producer keeps no order between topics
      await(run, orders, backlog.rows(), deadline);
      return run.usage().since(before);
    } finally {
      done.delete();
    }
  }

  private static void await(ServiceRun run, DataTopic topic, long end, long deadline)
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

  /**
   * Reads what was captured.
   *
   * @throws IllegalStateException when that is not as many records as the backlog has rows
   */
  public DataTopic.Content read(Backlog backlog) {
    DataTopic.Content content = orders.read();
    if (content.records() != backlog.rows()) {
      throw new IllegalStateException(
          "%s holds %d records of %d rows"
              .formatted(orders.name(), content.records(), backlog.rows()));
    }
    return content;
  }

  /** Deletes the rows. */
  public void delete() throws Exception {
    orders.delete();
  }
}
