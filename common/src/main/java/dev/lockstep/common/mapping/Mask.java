package dev.lockstep.common.mapping;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the target in the place of a column's values. NULL stays NULL.
 *
 * @param kind how values are hidden
 * @param salt of {@link Kind#HASH}, the name under which apply-service has the secret salt; {@link
 *     #DEFAULT_SALT} by default
 * @param length of {@link Kind#TRUNCATE}, how many characters are left
 */
public record Mask(Kind kind, @Nullable String salt, @Nullable Integer length) {
  /** The name of the salt where none is said. */
  public static final String DEFAULT_SALT = "default";

  /** The most characters that can be left. */
  public static final int LONGEST = 10_000;

  private static final Pattern SALT = Pattern.compile("[a-z][a-z0-9]{0,62}");

  /** How values are hidden. */
  public enum Kind {
    /** A text of 64 hexadecimal digits: the HMAC-SHA-256 of the value's text, keyed by the salt. */
    HASH,
    /** The same for all: *** for texts and bytes, else the type's zero. */
    REDACT,
    /** The first characters of a text. */
    TRUNCATE
  }

  /**
   * Checks that nothing is missing or too much.
   *
   * @throws IllegalArgumentException when it is
   */
  public Mask {
    Objects.requireNonNull(kind, "kind");
    problem(kind, salt, length)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /** What is wrong with a mask; empty when nothing is. */
  public static Optional<String> problem(
      Kind kind, @Nullable String salt, @Nullable Integer length) {
    if (salt != null && kind != Kind.HASH) {
      return Optional.of("salt is for kind HASH");
    }
    if (salt != null && !SALT.matcher(salt).matches()) {
      return Optional.of(
          "salt is the name of a salt that apply-service has, 1 to 63 lower-case letters and digits, not the salt itself");
    }
    if (kind == Kind.TRUNCATE && (length == null || length < 1 || length > LONGEST)) {
      return Optional.of("kind TRUNCATE needs length, how many characters are left: 1 to 10,000");
    }
    return length != null && kind != Kind.TRUNCATE
        ? Optional.of("length is for kind TRUNCATE")
        : Optional.empty();
  }

  /** The name of the salt. */
  public String saltName() {
    return salt == null ? DEFAULT_SALT : salt;
  }

  /** Whether two values can come out as one. */
  public boolean joins() {
    return kind != Kind.HASH;
  }
}
