package dev.lockstep.capture.json;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Doubles as MySQL writes them in JSON: the shortest digits that give the same double again; as a
 * fraction from 10<sup>-15</sup>, as an integer below 10<sup>15</sup>, else with an exponent that
 * has neither a plus nor zeros before it.
 */
final class JsonDouble {
  /** Beyond so many digits before the point, or zeros after it, there is an exponent. */
  private static final int MOST_PLAIN_DIGITS = 15;

  /** Between these, Java's text is MySQL's. */
  private static final double PLAIN_IN_JAVA_FROM = 1e-3;

  private static final double PLAIN_IN_JAVA_BELOW = 1e7;

  private JsonDouble() {}

  static String text(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    double size = Math.abs(value);
    if (size >= PLAIN_IN_JAVA_FROM && size < PLAIN_IN_JAVA_BELOW) {
      return Double.toString(value);
    }
    BigDecimal shortest = shortest(size);
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    boolean isFraction = digits.length() > point;
    boolean isPlain = point > -MOST_PLAIN_DIGITS && (point <= MOST_PLAIN_DIGITS || isFraction);
    return (value < 0 ? "-" : "") + (isPlain ? plain(digits, point) : exponential(digits, point));
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length()) + ".0"
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String exponential(String digits, int point) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (point - 1);
  }

  /** Java's text has two digits at least, where one can be enough. */
  private static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (shortest.precision() != 2) {
      return shortest;
    }
    BigDecimal one = shortest.round(new MathContext(1)).stripTrailingZeros();
    return one.doubleValue() == value ? one : shortest;
  }
}
