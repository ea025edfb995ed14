package dev.lockstep.stack;

import java.util.OptionalLong;

/**
 * A server of the stack. Starting it again keeps its port and its data, so that a test can take it
 * away and bring it back. All methods wait for what they promise, within a bound, and throw {@link
 * StackException} beyond it.
 */
public interface Server extends AutoCloseable {
  /** What users call it: {@code mysql}, {@code mariadb}, {@code kafka} or {@code clickhouse}. */
  String name();

  /** Starts it and waits until it answers; does nothing when it runs. */
  void start();

  /** Stops it as an administrator would, with its own shutdown. */
  void stop();

  /** Ends it without warning, as {@code kill -9} does. */
  void kill();

  /** Whether the server's process lives; a server that somebody else runs is taken to be there. */
  boolean isRunning();

  /** The process id, where the server is a process that this machine can see. */
  OptionalLong pid();

  /** Stops it and lets go of all it holds. */
  @Override
  void close();
}
