package dev.lockstep.benchmarks.harness;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A benchmark's options as {@code --name value}; what is not given has a default. */
public final class Options {
  private static final String JSON = "json";

  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @param defaults the options there are, beside {@code --json FILE} which all have
   * @throws IllegalArgumentException when an option is not known or has no value; the message names
   *     those there are
   */
  public static Options parse(List<String> arguments, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i).startsWith("--") ? arguments.get(i).substring(2) : "";
      if (!defaults.containsKey(name) && !name.equals(JSON)) {
        throw new IllegalArgumentException(
            "'%s' is no option; there are --json FILE and, with their defaults, %s"
                .formatted(arguments.get(i), shown(defaults)));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("'%s' needs a value".formatted(arguments.get(i)));
      }
      values.put(name, arguments.get(i + 1));
    }
    return new Options(values);
  }

  private static String shown(Map<String, String> defaults) {
    StringBuilder text = new StringBuilder();
    defaults.forEach((name, value) -> text.append(" --%s '%s'".formatted(name, value)));
    return text.substring(1);
  }

  /**
   * A positive whole number.
   *
   * @throws IllegalArgumentException when it is none
   */
  public int number(String name) {
    String text = text(name);
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "--%s takes a positive whole number, not '%s'".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  /** An option as it was given. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** A list with commas. */
  public List<String> list(String name) {
    return List.of(text(name).split(" *, *", -1));
  }

  /** The file for the result as JSON, if one is wanted. */
  Optional<Path> json() {
    return Optional.ofNullable(values.get(JSON)).map(Path::of);
  }

  /** All of them, but for the file. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(values);
    settings.remove(JSON);
    return Collections.unmodifiableMap(settings);
  }
}
