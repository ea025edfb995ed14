package dev.lockstep.stack.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of a distribution's files with size and SHA-256, written once when it is complete. Sizes
 * are compared on every reuse, because that is cheap; the hashes are there to be checked with
 * {@code sha256sum}.
 */
final class Manifest {
  static final String NAME = "MANIFEST";

  private Manifest() {}

  static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files(folder)) {
      lines.append("%s %d %s%n".formatted(sha256(file), Files.size(file), folder.relativize(file)));
    }
    Files.writeString(folder.resolve(NAME), lines.toString());
  }

  /** What is wrong with the folder, if anything is. */
  static Optional<String> damage(Path folder) throws IOException {
    Path manifest = folder.resolve(NAME);
    if (!Files.exists(manifest)) {
      return Optional.of("it has no " + NAME);
    }
    for (String line : Files.readAllLines(manifest)) {
      String[] parts = line.split(" ", 3);
      Path file = folder.resolve(parts[2]);
      if (!Files.exists(file) || Files.size(file) != Long.parseLong(parts[1])) {
        return Optional.of(parts[2] + " is missing or has another size");
      }
    }
    return Optional.empty();
  }

  static long size(Path folder) throws IOException {
    long sum = 0;
    for (Path file : files(folder)) {
      sum += Files.size(file);
    }
    return sum;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
