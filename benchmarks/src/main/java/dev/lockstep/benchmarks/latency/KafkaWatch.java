package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.subjects.ServiceRun;
import java.time.Duration;

/**
 * A capturing process and a consumer of what it publishes.
 *
 * @param run the process
 * @param arrivals the consumer
 */
record KafkaWatch(ServiceRun run, Arrivals arrivals) implements Watch {
  @Override
  public boolean any(Duration limit) {
    return arrivals.any(limit);
  }

  @Override
  public void verifyAlive() {
    run.verifyAlive();
  }

  @Override
  public String lastWords() {
    return run.lastWords();
  }

  @Override
  public Figures await(SteadyChanges changes, Duration limit) {
    return Figures.latencies(arrivals.latencies(changes, run, limit));
  }

  @Override
  public void close() {
    arrivals.close();
    run.close();
  }
}
