package dev.lockstep.capture.credentials;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts placeholders back where the values that they stand for appear in a text. */
public final class Redaction {
  /** Nothing was resolved. */
  public static final Redaction NONE = new Redaction(Map.of());

  /** Shorter ones are taken out as whole words only, for they are parts of many words. */
  private static final int SHORT = 4;

  private final List<Value> values;

  private record Value(Pattern pattern, String replacement, int length) {}

  Redaction(Map<String, String> placeholderByValue) {
    Map<String, String> stripped = new HashMap<>();
    placeholderByValue.forEach((value, placeholder) -> stripped.put(value.strip(), placeholder));
    stripped.remove("");
    values =
        stripped.entrySet().stream()
            .map(entry -> value(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(Value::length).reversed())
            .toList();
  }

  private static Value value(String text, String placeholder) {
    String quoted = Pattern.quote(text);
    String pattern =
        text.length() < SHORT ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])" : quoted;
    return new Value(
        Pattern.compile(pattern), Matcher.quoteReplacement(placeholder), text.length());
  }

  /** The text without any of the values. */
  public String of(String text) {
    String clean = text;
    for (Value value : values) {
      clean = value.pattern().matcher(clean).replaceAll(value.replacement());
    }
    return clean;
  }

  /** The failure itself, or where it or a cause of it names a value, one like it that does not. */
  public Throwable of(Throwable thrown) {
    return isClean(thrown) ? thrown : cleaned(thrown);
  }

  /** As of any failure. */
  public RuntimeException of(RuntimeException thrown) {
    return isClean(thrown) ? thrown : cleaned(thrown);
  }

  private boolean isClean(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !of(message).equals(message)) {
        return false;
      }
    }
    return true;
  }

  private RuntimeException cleaned(Throwable thrown) {
    @Nullable Throwable cause = thrown.getCause();
    String message = of(String.valueOf(thrown.getMessage()));
    @Nullable Throwable cleanCause = cause == null ? null : cleaned(cause);
    RuntimeException clean =
        thrown instanceof IllegalArgumentException
            ? new IllegalArgumentException(message, cleanCause)
            : new RedactedException(thrown.getClass().getName() + ": " + message, cleanCause);
    clean.setStackTrace(thrown.getStackTrace());
    return clean;
  }

  private static final class RedactedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedactedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
