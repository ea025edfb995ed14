package dev.lockstep.apply.types;

/**
 * Compression where ClickHouse's default, LZ4 alone, is not best. The sizes are of a million values
 * in one part.
 */
final class Codecs {
  /**
   * For keys and times, which mostly rise from row to row: their differences are small. Rising
   * numbers of 8 bytes take 0.6 MB instead of 4; times in no order are no larger than with LZ4.
   */
  static final String RISING = "Delta, ZSTD(1)";

  /**
   * For other whole numbers: only the bits that the values of a block need are kept. Numbers below
   * 1000 in 8 bytes take 1.3 MB instead of 3; where all bits are in use nothing is lost.
   */
  static final String WHOLE = "T64, LZ4";

  private Codecs() {}
}
