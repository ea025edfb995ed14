package dev.lockstep.stack;

/** How long a server's process lives. */
public enum Lifetime {
  /** It ends with the JVM that started it, however that JVM ends. */
  WITH_THIS_JVM,
  /** It stays until somebody stops it. */
  UNTIL_STOPPED
}
