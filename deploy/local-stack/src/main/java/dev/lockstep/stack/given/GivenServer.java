package dev.lockstep.stack.given;

import dev.lockstep.stack.Server;
import dev.lockstep.stack.StackException;
import java.util.OptionalLong;

/** What servers have in common that are not ours to stop. */
interface GivenServer extends Server {
  /** The environment variable that names it. */
  String variable();

  @Override
  default void stop() {
    throw notOurs();
  }

  @Override
  default void kill() {
    throw notOurs();
  }

  @Override
  default boolean isRunning() {
    return true;
  }

  @Override
  default OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  default void close() {}

  private StackException notOurs() {
    return new StackException(
        "%s comes from %s and is not ours to stop. Unset %s to have one that can be."
            .formatted(name(), variable(), variable()));
  }
}
