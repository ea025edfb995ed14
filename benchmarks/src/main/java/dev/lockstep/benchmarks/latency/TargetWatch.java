package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.subjects.ServiceRun;
import dev.lockstep.benchmarks.subjects.TargetServer;
import java.io.IOException;
import java.time.Duration;

/**
 * The whole suite but for admin-service, and a reader of the target.
 *
 * @param capture capture-service
 * @param apply apply-service
 * @param target where the rows go
 */
record TargetWatch(ServiceRun capture, ServiceRun apply, TargetServer target) implements Watch {
  private static final Duration LOOK = Duration.ofMillis(20);

  @Override
  public boolean any(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean any = Prober.any(target);
    while (!any && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
      any = Prober.any(target);
    }
    return any;
  }

  @Override
  public void verifyAlive() {
    capture.verifyAlive();
    apply.verifyAlive();
    target.verifyAlive();
  }

  @Override
  public String lastWords() {
    return capture.lastWords() + "\n" + apply.lastWords();
  }

  @Override
  public Figures await(SteadyChanges changes, Duration limit) throws InterruptedException {
    return new Prober(target, changes).await(this, limit);
  }

  @Override
  public void close() throws IOException {
    apply.close();
    capture.close();
    target.close();
  }
}
