package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.harness.Options;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.BenchServers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** Commits steady changes while it is watched when they come. */
final class LatencySubject implements Subject {
  /** Streams from now on. */
  static final Map<String, String> FROM_NOW_ON =
      Map.of("database.include.list", SteadyChanges.DATABASE, "snapshot.mode", "no_data");

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration TAIL_LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final Start start;
  private final BenchServers servers;
  private final int rate;
  private final int warmUp;
  private final int measured;

  /** Starts what is watched. */
  interface Start {
    /** With a connector of this {@code topic.prefix}. */
    Watch with(String topicPrefix) throws Exception;
  }

  LatencySubject(String name, Start start, BenchServers servers, Options options) {
    this.name = name;
    this.start = start;
    this.servers = servers;
    this.rate = options.number("rate");
    this.warmUp = rate * options.number("warmup-seconds");
    this.measured = rate * options.number("seconds");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Figures measure(int round) throws Exception {
    servers.source("DELETE FROM " + SteadyChanges.TABLE);
    try (Watch watch = start.with("%s-%d".formatted(name, round))) {
      int next = awaitStream(watch);
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
      Figures figures = watch.await(changes, limit);
      writing.get();
      return figures;
    }
  }

  /** Commits single rows until the first comes; gives the next free id. */
  private int awaitStream(Watch watch) throws Exception {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    for (int id = 1; System.nanoTime() < deadline; id++) {
      watch.verifyAlive();
      new SteadyChanges(servers, id, 1, rate).run();
      if (watch.any(Duration.ofMillis(500))) {
        return id + 1;
      }
    }
    throw new IllegalStateException(
        "Nothing came within " + START_LIMIT + ":\n" + watch.lastWords());
  }
}
