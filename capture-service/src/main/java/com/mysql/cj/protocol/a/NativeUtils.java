package com.mysql.cj.protocol.a;

import dev.lockstep.capture.exact.ReplacesDebezium;
import org.jspecify.annotations.NullMarked;

/**
 * Stands in for Connector/J's class, which does not know VECTOR in the rows of a prepared
 * statement: a snapshot of a table with such a column would fail. The numbers are those of MySQL's
 * client protocol ({@code enum_field_types}).
 */
@NullMarked
@ReplacesDebezium
public final class NativeUtils {
  private static final int UNKNOWN = -1;
  private static final int LENGTH_STANDS_BEFORE_IT = 0;

  private NativeUtils() {}

  /** The three low bytes of a number, the lowest first. */
  public static byte[] encodeMysqlThreeByteInteger(int number) {
    byte[] bytes = new byte[3];
    encodeMysqlThreeByteInteger(number, bytes, 0);
    return bytes;
  }

  /** The same into bytes that are there. */
  public static void encodeMysqlThreeByteInteger(int number, byte[] bytes, int offset) {
    for (int i = 0; i < 3; i++) {
      bytes[offset + i] = (byte) (number >>> (8 * i));
    }
  }

  /** How many bytes a value of a type has; 0 where its length stands before it. */
  public static int getBinaryEncodedLength(int type) {
    return switch (type) {
      case 1 -> 1; // TINYINT
      case 2, 13 -> 2; // SMALLINT, YEAR
      case 3, 4, 9 -> 4; // INT, FLOAT, MEDIUMINT
      case 5, 8 -> 8; // DOUBLE, BIGINT
      // Decimals, NULL, times, texts, BIT, JSON, ENUM, SET, BLOBs, geometries; 242 is VECTOR.
      case 0, 6, 7, 10, 11, 12, 15, 16, 242, 245, 246, 249, 250, 251, 252, 253, 254, 255 ->
          LENGTH_STANDS_BEFORE_IT;
      default -> UNKNOWN;
    };
  }
}
