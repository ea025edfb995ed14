package dev.lockstep.stack.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions that this build was made for; Maven fills them in. */
final class Versions {
  private static final Properties ALL = load();

  private Versions() {}

  static String of(String name) {
    return Objects.requireNonNull(ALL.getProperty(name), name);
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            Versions.class.getResourceAsStream("versions.properties"), "versions.properties")) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
