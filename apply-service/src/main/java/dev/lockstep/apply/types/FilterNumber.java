package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.Condition.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A constant that whole numbers, or the unscaled ones of decimals, are compared with exactly. */
final class FilterNumber {
  private final BigInteger floor;
  private final boolean isWhole;
  private final boolean unsigned;
  private final boolean fitsLong;
  private final long asLong;

  /**
   * @param scale the fractional digits of the numbers that are compared with it
   * @param unsigned whether these have no sign
   */
  FilterNumber(Constant.Numeral constant, int scale, boolean unsigned) {
    BigDecimal scaled = constant.value().movePointRight(scale);
    BigDecimal below = scaled.setScale(0, RoundingMode.FLOOR);
    this.floor = below.toBigIntegerExact();
    this.isWhole = below.compareTo(scaled) == 0;
    this.unsigned = unsigned;
    this.fitsLong = floor.bitLength() < Long.SIZE;
    this.asLong = floor.longValue();
  }

  /** How a little-endian number compares with it that stands from there to the buffer's end. */
  int compare(RowBuffer value, int start) {
    int width = value.size() - start;
    int comparison =
        width <= Integer.BYTES || (width == Long.BYTES && !unsigned)
            ? compare(signed(FilterBytes.littleEndian(value, start), width))
            : FilterBytes.number(value, start, unsigned).compareTo(floor);
    // A number that is the constant's whole part is below it where it has more than that.
    return comparison == 0 && !isWhole ? -1 : comparison;
  }

  private long signed(long bits, int width) {
    int unused = Long.SIZE - 8 * width;
    return unsigned ? bits : bits << unused >> unused;
  }

  private int compare(long value) {
    return fitsLong ? Long.compare(value, asLong) : -floor.signum();
  }
}
