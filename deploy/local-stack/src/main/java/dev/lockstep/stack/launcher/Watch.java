package dev.lockstep.stack.launcher;

import dev.lockstep.stack.process.LogTail;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Watches what runs, for as long as {@code up} stands in the foreground. */
final class Watch {
  private final Settings settings;
  private final State state;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether processes end because they are told to
   */
  Watch(Settings settings, State state, BooleanSupplier stopping) {
    this.settings = settings;
    this.state = state;
    this.stopping = stopping;
  }

  /** Tells of every process that ends; the others go on. Returns when none is left. */
  void untilAllAreGone() {
    List<CompletableFuture<Void>> ends =
        state.processes().stream()
            .flatMap(process -> process.handle().map(handle -> onEnd(process, handle)).stream())
            .toList();
    CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
    if (!stopping.getAsBoolean()) {
      Console.progress("Nothing is running any more.");
    }
  }

  private CompletableFuture<Void> onEnd(StartedProcess process, ProcessHandle handle) {
    return handle.onExit().thenAccept(ended -> tell(process.part()));
  }

  private void tell(Part part) {
    if (stopping.getAsBoolean()) {
      return;
    }
    Console.progress(
        "%s has ended. './lockstep up' in another terminal starts it again.%n%s"
            .formatted(part.title, LogTail.of(settings.log(part))));
  }
}
