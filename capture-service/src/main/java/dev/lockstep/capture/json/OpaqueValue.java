package dev.lockstep.capture.json;

import com.github.shyiko.mysql.binlog.event.deserialization.AbstractRowsEventDataDeserializer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Values of MySQL's own types in a JSON document: dates, times and decimals in their text, all
 * others as {@code base64:typeN:...} with MySQL's number of the type.
 */
final class OpaqueValue {
  private static final int TIMESTAMP = 7;
  private static final int DATE = 10;
  private static final int TIME = 11;
  private static final int DATETIME = 12;
  private static final int DECIMAL = 246;

  /** MySQL breaks base64 into lines. */
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\n'});

  private OpaqueValue() {}

  static void write(int type, LittleEndian in, int at, int length, JsonText out) {
    switch (type) {
      case DATE, TIME, DATETIME, TIMESTAMP -> temporal(type, in.int64(at), out);
      case DECIMAL -> decimal(in, at, length, out);
      default -> base64(type, in, at, length, out);
    }
  }

  /**
   * Packed from the lowest bit: 24 bits of microseconds, 6 of seconds, 6 of minutes, then 5 of
   * hours, 5 of days, and thirteen times the year plus the month; or, in a TIME, 10 of hours. A
   * negative time is the negative of the whole.
   */
  private static void temporal(int type, long packed, JsonText out) {
    out.ascii('"');
    if (packed < 0) {
      out.ascii('-');
    }
    long value = Math.abs(packed);
    if (type == TIME) {
      time((value >> 36) & 0x3ff, value, out);
    } else {
      date(value >> 41, out);
      if (type != DATE) {
        out.ascii(' ');
        time((value >> 36) & 0x1f, value, out);
      }
    }
    out.ascii('"');
  }

  private static void date(long value, JsonText out) {
    long months = value >> 5;
    out.padded(months / 13, 4);
    out.ascii('-');
    out.padded(months % 13, 2);
    out.ascii('-');
    out.padded(value & 0x1f, 2);
  }

  private static void time(long hours, long value, JsonText out) {
    out.padded(hours, 2);
    out.ascii(':');
    out.padded((value >> 30) & 0x3f, 2);
    out.ascii(':');
    out.padded((value >> 24) & 0x3f, 2);
    out.ascii('.');
    out.padded(value & 0xffffff, 6);
  }

  /** Precision, scale, and the digits as MySQL stores a DECIMAL. */
  private static void decimal(LittleEndian in, int at, int length, JsonText out) {
    byte[] digits = Arrays.copyOfRange(in.bytes(), at + 2, at + length);
    out.ascii(
        AbstractRowsEventDataDeserializer.asBigDecimal(in.uint8(at), in.uint8(at + 1), digits)
            .toPlainString());
  }

  private static void base64(int type, LittleEndian in, int at, int length, JsonText out) {
    byte[] data = Arrays.copyOfRange(in.bytes(), at, at + length);
    byte[] text =
        ("base64:type" + type + ":" + BASE64.encodeToString(data))
            .getBytes(StandardCharsets.US_ASCII);
    out.quoted(text, 0, text.length);
  }
}
