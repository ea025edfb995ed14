package dev.lockstep.capture.exact;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of the types that MariaDB has and MySQL has not: UUID, INET6 and INET4, as the text that
 * MariaDB shows. Its binlog has their bytes, without zeros at the end.
 */
public final class MariaDbValues {
  private static final Set<String> TYPES = Set.of("UUID", "INET4", "INET6");
  private static final int GROUPS = 8;
  private static final int MAPPED = 0xffff;

  private MariaDbValues() {}

  /** Whether a column's type is one of them. */
  public static boolean isOwnType(String typeName) {
    return TYPES.contains(typeName.toUpperCase(Locale.ROOT));
  }

  /**
   * A value as text.
   *
   * @param typeName one of these types
   * @param value the text, the bytes from the binlog, or null
   */
  public static @Nullable String text(String typeName, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> text(typeName, bytes);
      default -> value.toString();
    };
  }

  private static String text(String typeName, byte[] bytes) {
    return switch (typeName.toUpperCase(Locale.ROOT)) {
      case "UUID" -> uuid(Arrays.copyOf(bytes, 16));
      case "INET6" -> inet6(Arrays.copyOf(bytes, 16));
      default -> inet4(Arrays.copyOf(bytes, 4), 0);
    };
  }

  private static String uuid(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  private static String inet4(byte[] bytes, int from) {
    var text = new StringBuilder();
    for (int i = from; i < from + 4; i++) {
      text.append(i == from ? "" : ".").append(bytes[i] & 0xff);
    }
    return text.toString();
  }

  /**
   * The first of the longest runs of zeros is left out, be it one group only; an address that holds
   * one of IPv4 ends with that.
   */
  private static String inet6(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int begin = longestZeros(groups);
    int zeros = zerosFrom(groups, begin);
    boolean holdsInet4 = begin == 0 && (zeros == 6 || (zeros == 5 && groups[5] == MAPPED));
    int end = holdsInet4 ? GROUPS - 2 : GROUPS;
    var text = new StringBuilder();
    for (int i = 0; i < end; i++) {
      if (zeros > 0 && i == begin) {
        text.append("::");
        i += zeros - 1;
      } else {
        text.append(needsColon(text) ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    if (holdsInet4) {
      text.append(needsColon(text) ? ":" : "").append(inet4(bytes, 12));
    }
    return text.toString();
  }

  private static boolean needsColon(StringBuilder text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) != ':';
  }

  private static int longestZeros(int[] groups) {
    int longest = 0;
    for (int i = 1; i < GROUPS; i++) {
      if (zerosFrom(groups, i) > zerosFrom(groups, longest)) {
        longest = i;
      }
    }
    return longest;
  }

  private static int zerosFrom(int[] groups, int from) {
    int end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }
}
