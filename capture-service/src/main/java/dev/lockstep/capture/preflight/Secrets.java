package dev.lockstep.capture.preflight;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes a config's secrets out of text that libraries and servers wrote. */
final class Secrets {
  private static final Pattern SECRET_KEY =
      Pattern.compile("password|passphrase|secret|sasl\\.jaas|token", Pattern.CASE_INSENSITIVE);

  private final List<String> values;

  Secrets(Map<String, String> config) {
    values =
        config.entrySet().stream()
            .filter(entry -> SECRET_KEY.matcher(entry.getKey()).find())
            .map(Map.Entry::getValue)
            .filter(value -> !value.isBlank())
            .toList();
  }

  String removedFrom(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, "***");
    }
    return clean;
  }
}
