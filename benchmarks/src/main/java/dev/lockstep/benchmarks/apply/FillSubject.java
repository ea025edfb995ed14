package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.harness.Figures;
import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.harness.Subject;
import dev.lockstep.benchmarks.subjects.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Fills an empty ClickHouse from the backlog's topic. What is measured lies between the moments at
 * which one and nine tenths of the rows are visible: neither the start of a process nor a last
 * block that waits to be filled is in it, of any subject.
 */
final class FillSubject implements Subject {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** A look takes ClickHouse about 1.5 ms of processor time. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Filler filler;
  private final Contents contents;
  private final Path folder;

  private record Moment(long nanos, long rows, ProcessUsage filling, ProcessUsage target) {}

  /**
   * Prepares rounds.
   *
   * @param folder where they may write
   */
  FillSubject(Filler filler, Contents contents, Path folder) {
    this.filler = filler;
    this.contents = contents;
    this.folder = folder;
  }

  @Override
  public String name() {
    return filler.name();
  }

  @Override
  public Figures measure(int round) throws Exception {
    String run = "%s-%d".formatted(name(), round);
    try (TargetServer target = TargetServer.start(folder.resolve(run + "-target"));
        Filling filling = filler.start(target, run)) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      awaitTable(target, filling, deadline);
      Moment begin = await(target, filling, contents.rows() / 10, deadline);
      Moment end = await(target, filling, contents.rows() * 9L / 10, deadline);
      Moment _ = await(target, filling, contents.rows(), deadline);
      contents.verify(target, name());
      return figures(begin, end);
    }
  }

  private void awaitTable(TargetServer target, Filling filling, long deadline)
      throws InterruptedException {
    while (!contents.exist(target)) {
      rest(filling, 0, deadline);
    }
  }

  private Moment await(TargetServer target, Filling filling, long rows, long deadline)
      throws IOException, InterruptedException {
    long visible = contents.visible(target);
    while (visible < rows) {
      rest(filling, visible, deadline);
      visible = contents.visible(target);
    }
    return new Moment(System.nanoTime(), visible, filling.usage(), target.usage());
  }

  private void rest(Filling filling, long visible, long deadline) throws InterruptedException {
    filling.verifyAlive();
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException(
          "%s made %d of %d rows visible within %s:%n%s"
              .formatted(name(), visible, contents.rows(), LIMIT, filling.lastWords()));
    }
    Thread.sleep(LOOK);
  }

  private Figures figures(Moment begin, Moment end) {
    long rows = end.rows() - begin.rows();
    if (rows == 0) {
      throw new IllegalStateException(
          "%s brought one and nine tenths of the rows at once: --rows has to be larger"
              .formatted(name()));
    }
    ProcessUsage target = end.target().since(begin.target());
    ProcessUsage all = end.filling().since(begin.filling()).plus(target);
    return Figures.throughput(rows, (end.nanos() - begin.nanos()) / 1e9, all)
        .with("targetCpuSecondsPerMillionRows", target.cpu().toNanos() / 1e3 / rows)
        .with("targetPeakResidentBytes", (double) target.peakResidentBytes());
  }
}
