package dev.lockstep.stack.fetch;

/** Tells the user at the terminal what takes time. */
final class Progress {
  private Progress() {}

  static void say(String line) {
    System.err.println("[lockstep] " + line);
  }
}
