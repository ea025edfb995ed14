package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.harness.Options;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.BenchServers;
import dev.lockstep.benchmarks.subjects.Capturer;
import dev.lockstep.benchmarks.subjects.ServiceRun;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** Captures steady changes while a consumer reads them. */
final class LatencySubject implements Subject {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration TAIL_LIMIT = Duration.ofSeconds(30);

  /** Streams from now on. */
  private static final Map<String, String> FROM_NOW_ON =
      Map.of("database.include.list", SteadyChanges.DATABASE, "snapshot.mode", "no_data");

  private final Capturer capturer;
  private final BenchServers servers;
  private final int rate;
  private final int warmUp;
  private final int measured;

  LatencySubject(Capturer capturer, BenchServers servers, Options options) {
    this.capturer = capturer;
    this.servers = servers;
    this.rate = options.number("rate");
    this.warmUp = rate * options.number("warmup-seconds");
    this.measured = rate * options.number("seconds");
  }

  @Override
  public String name() {
    return capturer.name();
  }

  @Override
  public Figures measure(int round) throws Exception {
    servers.source("DELETE FROM " + SteadyChanges.TABLE);
    String prefix = "%s-%d".formatted(name(), round);
    try (ServiceRun run = capturer.start(prefix, FROM_NOW_ON);
        var arrivals =
            new Arrivals(servers.kafka().bootstrapServers(), prefix + "." + SteadyChanges.TABLE)) {
      int next = awaitStream(run, arrivals);
      var heating = new SteadyChanges(servers, next, warmUp, rate);
      var changes = new SteadyChanges(servers, next + warmUp, measured, rate);
      var writing =
          new FutureTask<Void>(
              () -> {
                heating.run();
                changes.run();
                return null;
              });
      Thread.ofPlatform().name("writer").daemon().start(writing);
      Duration limit = Duration.ofSeconds((warmUp + measured) / rate).plus(TAIL_LIMIT);
      long[] nanos = arrivals.latencies(changes, run, limit);
      writing.get();
      return Figures.latencies(nanos);
    }
  }

  /** Commits single rows until the first arrives; gives the next free id. */
  private int awaitStream(ServiceRun run, Arrivals arrivals) throws Exception {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    for (int id = 1; System.nanoTime() < deadline; id++) {
      run.verifyAlive();
      new SteadyChanges(servers, id, 1, rate).run();
      if (arrivals.any(Duration.ofMillis(500))) {
        return id + 1;
      }
    }
    throw new IllegalStateException(
        "Nothing was captured within " + START_LIMIT + ":\n" + run.lastWords());
  }
}
