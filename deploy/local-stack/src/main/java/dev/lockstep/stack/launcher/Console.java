package dev.lockstep.stack.launcher;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What the user sees. Progress goes to standard error, answers to standard output. */
final class Console {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Console() {}

  static void progress(String line) {
    System.err.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + line);
  }

  static void answer(String line) {
    System.out.println(line);
  }
}
