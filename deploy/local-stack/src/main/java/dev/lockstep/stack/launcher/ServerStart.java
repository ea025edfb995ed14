package dev.lockstep.stack.launcher;

import dev.lockstep.stack.Server;
import dev.lockstep.stack.StackException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Starts MySQL, Kafka and ClickHouse side by side. */
final class ServerStart {
  private final Settings settings;
  private final Servers servers;
  private final Consumer<StartedProcess> started;

  ServerStart(Settings settings, Servers servers, Consumer<StartedProcess> started) {
    this.settings = settings;
    this.servers = servers;
    this.started = started;
  }

  /**
   * Starts those of the servers that are missing, and asks those that are given whether they
   * answer.
   */
  void start(List<Part> missing) {
    List<Callable<Part>> starts =
        Part.SERVERS.stream()
            .filter(part -> missing.contains(part) || Servers.isGiven(settings, part))
            .<Callable<Part>>map(part -> () -> start(part))
            .toList();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Part> start : executor.invokeAll(starts)) {
        start.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackException known) {
        throw known;
      }
      throw new StackException("A server could not be started: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while the servers were starting", e);
    }
  }

  private Part start(Part part) {
    boolean given = Servers.isGiven(settings, part);
    Console.progress(
        "%s %s".formatted(part.title, given ? "is given: asking whether it answers" : "starts"));
    long begin = System.nanoTime();
    Server server = servers.of(part);
    server.start();
    server.pid().ifPresent(pid -> started.accept(StartedProcess.of(part, pid, settings)));
    Console.progress(
        "%s is ready (%.1f s)".formatted(part.title, (System.nanoTime() - begin) / 1e9));
    return part;
  }
}
