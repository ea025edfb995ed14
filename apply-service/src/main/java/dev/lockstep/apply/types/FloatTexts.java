package dev.lockstep.apply.types;

import java.math.BigInteger;

/**
 * The floating point number nearest to a decimal text, read where the text lies; the JDK's and
 * Jackson's ways make Strings. The algorithm is that of Daniel Lemire, "Number Parsing at a
 * Gigabyte per Second" (2021): the digits as one whole number, times a power of ten of which 128
 * bits are known. Where these don't decide, as with more than 19 digits, the JDK does.
 */
final class FloatTexts {
  private static final int LEAST_POWER = -342;
  private static final int MOST_POWER = 308;
  private static final int MOST_DIGITS = 19;
  private static final int MOST_EXPONENT = 10_000;

  /** The bits of a double's fraction. */
  private static final int FRACTION = 52;

  /** The bits of a double that a float does not have. */
  private static final long BEYOND_FLOAT = (1L << 29) - 1;

  private static final long HALF_OF_FLOAT = 1L << 28;

  /** Of each power of five, its highest 64 bits and the 64 after them. */
  private static final long[] POWERS = powers();

  private FloatTexts() {}

  /** The nearest float. A double on the border of two floats may have been rounded onto it. */
  static float toFloat(char[] text, int offset, int length) {
    double value = toDouble(text, offset, length);
    boolean onBorder = (Double.doubleToRawLongBits(value) & BEYOND_FLOAT) == HALF_OF_FLOAT;
    boolean isSmall = Math.abs(value) < Float.MIN_NORMAL && value != 0;
    return onBorder || isSmall ? Float.parseFloat(new String(text, offset, length)) : (float) value;
  }

  /**
   * The nearest double.
   *
   * @param text holds a number as JSON writes it
   */
  static double toDouble(char[] text, int offset, int length) {
    int end = offset + length;
    boolean negative = text[offset] == '-';
    long digits = 0;
    int count = 0;
    int power = 0;
    boolean fraction = false;
    int at = negative ? offset + 1 : offset;
    for (; at < end && text[at] != 'e' && text[at] != 'E'; at++) {
      if (text[at] == '.') {
        fraction = true;
      } else {
        digits = 10 * digits + (text[at] - '0');
        count += digits == 0 ? 0 : 1;
        power -= fraction ? 1 : 0;
      }
    }
    power += at < end ? exponent(text, at + 1, end) : 0;
    double value = count > MOST_DIGITS ? Double.NaN : scaled(digits, power);
    return Double.isNaN(value)
        ? Double.parseDouble(new String(text, offset, length))
        : negative ? -value : value;
  }

  private static int exponent(char[] text, int start, int end) {
    boolean negative = text[start] == '-';
    int value = 0;
    for (int i = negative || text[start] == '+' ? start + 1 : start; i < end; i++) {
      value = Math.min(10 * value + (text[i] - '0'), MOST_EXPONENT);
    }
    return negative ? -value : value;
  }

  /** The double nearest to {@code digits * 10^power}, or NaN where 128 bits don't tell. */
  private static double scaled(long digits, int power) {
    if (digits == 0) {
      return 0;
    }
    if (power < LEAST_POWER || power > MOST_POWER) {
      return Double.NaN;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long shifted = digits << zeros;
    int index = 2 * (power - LEAST_POWER);
    long low = shifted * POWERS[index];
    long high = Math.unsignedMultiplyHigh(shifted, POWERS[index]);
    long undecided = -1L >>> (FRACTION + 3);
    if ((high & undecided) == undecided) {
      long more = Math.unsignedMultiplyHigh(shifted, POWERS[index + 1]);
      low += more;
      high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
    }
    if (low == -1 && (power < -27 || power > 55)) {
      return Double.NaN;
    }
    return rounded(high, low, power, zeros);
  }

  private static double rounded(long high, long low, int power, int zeros) {
    int upper = (int) (high >>> 63);
    int shift = upper + Long.SIZE - FRACTION - 3;
    long fraction = high >>> shift;
    int exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + 1023;
    if (exponent <= 0 || exponent >= 0x7fe) {
      return Double.NaN;
    }
    boolean tie = low >= 0 && low <= 1 && power >= -4 && power <= 23 && (fraction & 3) == 1;
    if (tie && fraction << shift == high) {
      fraction &= ~1L;
    }
    fraction = (fraction + (fraction & 1)) >>> 1;
    // Rounding up may have carried into the exponent, which adding lets happen by itself.
    return Double.longBitsToDouble(((long) exponent << FRACTION) + (fraction - (1L << FRACTION)));
  }

  private static long[] powers() {
    long[] powers = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
    for (int power = LEAST_POWER; power <= MOST_POWER; power++) {
      BigInteger bits = highest128(power);
      powers[2 * (power - LEAST_POWER)] = bits.shiftRight(Long.SIZE).longValue();
      powers[2 * (power - LEAST_POWER) + 1] = bits.longValue();
    }
    return powers;
  }

  /** Of positive powers cut off, of negative ones rounded up, as the algorithm asks for. */
  private static BigInteger highest128(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    if (power >= 0) {
      return five.shiftLeft(128 - five.bitLength());
    }
    int precision = five.bitLength() + (power >= -27 ? 127 : five.bitLength() + 128);
    BigInteger reciprocal = BigInteger.ONE.shiftLeft(precision).divide(five).add(BigInteger.ONE);
    return reciprocal.shiftRight(Math.max(0, reciprocal.bitLength() - 128));
  }
}
