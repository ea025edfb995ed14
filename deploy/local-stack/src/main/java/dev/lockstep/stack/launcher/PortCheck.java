package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Ports;
import java.util.List;
import java.util.stream.Collectors;

/** Looks before anything is started whether the ports are there to be had. */
final class PortCheck {
  private PortCheck() {}

  static void require(Settings settings, List<Part> parts) {
    String taken =
        parts.stream()
            .flatMap(
                part ->
                    part.ports.stream()
                        .filter(port -> !Ports.isFree(settings.port(port)))
                        .map(port -> line(settings, part, port)))
            .collect(Collectors.joining("\n"));
    if (!taken.isEmpty()) {
      throw new StackException("Nothing was started, for these ports are in use:\n" + taken);
    }
  }

  private static String line(Settings settings, Part part, Port port) {
    int number = settings.port(port);
    return "  port %d (%s) is in use by %s; end that, or set %s to another port"
        .formatted(number, part.title, PortOwner.of(number), port.variable());
  }
}
