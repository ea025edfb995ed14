package dev.lockstep.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log, for error messages. */
public final class LogTail {
  private static final int LINES = 20;
  private static final int BYTES = 32 * 1024;

  private LogTail() {}

  /** The last lines, indented, below a heading that names the file; or why there are none. */
  public static String of(Path log) {
    try {
      if (!Files.exists(log) || Files.size(log) == 0) {
        return "  (its log " + log + " is empty)";
      }
      List<String> lines = end(log).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
          .collect(Collectors.joining("\n  ", "The last lines of " + log + ":\n  ", ""));
    } catch (IOException e) {
      return "  (its log " + log + " can't be read: " + e.getMessage() + ")";
    }
  }

  private static String end(Path log) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - BYTES);
      file.seek(start);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
