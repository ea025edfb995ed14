package dev.lockstep.stack.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A process that some launcher started. The start time tells it from a later process that got the
 * same pid.
 *
 * @param part what it is
 * @param pid its process id
 * @param startedAt as the operating system says
 * @param ports where it listens
 */
record StartedProcess(Part part, long pid, Instant startedAt, Map<Port, Integer> ports) {
  /** The system gives start times in ticks since a boot time that it corrects now and then. */
  private static final Duration SAME = Duration.ofSeconds(2);

  static StartedProcess of(Part part, long pid, Settings settings) {
    Instant startedAt =
        ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().startInstant())
            .orElseGet(Instant::now);
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    part.ports.forEach(port -> ports.put(port, settings.port(port)));
    return new StartedProcess(part, pid, startedAt, ports);
  }

  /** The process, when it is still that one. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(instant -> Duration.between(startedAt, instant).abs().compareTo(SAME) <= 0)
                    .orElse(false));
  }

  boolean isAlive() {
    return handle().isPresent();
  }
}
