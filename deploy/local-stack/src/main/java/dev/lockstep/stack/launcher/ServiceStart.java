package dev.lockstep.stack.launcher;

import dev.lockstep.stack.process.LogTail;
import dev.lockstep.stack.process.ServerProcess;
import dev.lockstep.stack.readiness.Readiness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Waits for the services that are coming up. */
final class ServiceStart {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Settings settings;
  private final Map<Part, ServerProcess> expected = new LinkedHashMap<>();
  private final long begin = System.nanoTime();

  ServiceStart(Settings settings) {
    this.settings = settings;
  }

  void expect(Part service, ServerProcess process) {
    expected.put(service, process);
  }

  /** A connector that is not well is for the status to tell: the services are up without it. */
  void awaitReady() {
    try (Health health = new Health()) {
      expected.forEach((service, process) -> awaitReady(health, service, process));
    }
  }

  private void awaitReady(Health health, Part service, ServerProcess process) {
    int port = settings.port(service.ports.getFirst());
    Readiness.await(
        service.title,
        LIMIT,
        () -> health.requireStarted(service, port),
        process::isAlive,
        () -> LogTail.of(settings.log(service)));
    Console.progress(
        "%s is ready (%.1f s)".formatted(service.title, (System.nanoTime() - begin) / 1e9));
  }
}
