package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.subjects.TargetServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks the target by key for a sample of the changes, from the moment that each is sent until it is
 * visible with FINAL. One query asks for all that are awaited, on one thread, and rests between, so
 * that the asking does not become the load.
 */
final class Prober {
  private static final int PROBES_PER_SECOND = 20;
  private static final Duration REST = Duration.ofMillis(10);

  private final TargetServer target;
  private final SteadyChanges changes;
  private final Queue<Integer> unsent = new ArrayDeque<>();
  private final TreeSet<Integer> awaited = new TreeSet<>();
  private final long[] nanos;
  private int seen;
  private long queries;
  private long queryNanos;

  Prober(TargetServer target, SteadyChanges changes) {
    this.target = target;
    this.changes = changes;
    // At a random place in each stretch, so that no rhythm of the subject is hit again and again.
    var random = new Random(20261123);
    int stretch = Math.max(1, changes.rate() / PROBES_PER_SECOND);
    for (int begin = 0; begin + stretch <= changes.count(); begin += stretch) {
      unsent.add(changes.first() + begin + random.nextInt(stretch));
    }
    this.nanos = new long[unsent.size()];
  }

  /** Whether the target has any row of the table. */
  static boolean any(TargetServer target) {
    return !target
        .query(
            "SELECT count() FROM system.parts WHERE active AND rows > 0 AND database = '%s' AND table = '%s'"
                .formatted(SteadyChanges.DATABASE, SteadyChanges.NAME))
        .equals("0");
  }

  /** Percentiles of the sample, and how often it was looked. */
  Figures await(Watch watch, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (seen < nanos.length) {
      watch.verifyAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d sampled changes were visible within %s:%n%s"
                .formatted(seen, nanos.length, limit, watch.lastWords()));
      }
      takeSent();
      if (!awaited.isEmpty()) {
        ask();
      }
      Thread.sleep(REST);
    }
    double perQuery = queryNanos / 1e6 / queries;
    return Figures.latencies(nanos).with("lookedEachMillis", perQuery + REST.toMillis());
  }

  private void takeSent() {
    while (!unsent.isEmpty() && changes.isSent(unsent.element())) {
      awaited.add(unsent.remove());
    }
  }

  private void ask() {
    long begin = System.nanoTime();
    List<Integer> visible = visible();
    long now = System.nanoTime();
    queries++;
    queryNanos += now - begin;
    for (int id : visible) {
      if (awaited.remove(id)) {
        nanos[seen++] = now - changes.sentAt(id);
      }
    }
  }

  private List<Integer> visible() {
    String ids = awaited.stream().map(String::valueOf).collect(Collectors.joining(","));
    String rows =
        target.query(
            "SELECT id FROM %s FINAL WHERE id IN (%s) SETTINGS max_threads = 1"
                .formatted(SteadyChanges.TABLE, ids));
    List<Integer> visible = new ArrayList<>();
    rows.lines().forEach(id -> visible.add(Integer.parseInt(id)));
    return visible;
  }
}
