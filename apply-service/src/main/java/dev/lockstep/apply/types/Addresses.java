package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** UUIDs and IP addresses, which MySQL has as texts, bytes or numbers. */
final class Addresses {
  private static final Pattern ANY_UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern LOWER_UUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IP4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  /** How an IPv4 address stands in one of IPv6 (RFC 4291, section 2.5.5.2). */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private Addresses() {}

  /**
   * Of 36 characters.
   *
   * @param inKey whether it is of a key: then only lower case is one, as two keys that differ by
   *     case would come out as one
   */
  static TargetType uuidOfText(boolean inKey) {
    Pattern pattern = inKey ? LOWER_UUID : ANY_UUID;
    String predicate =
        inKey
            ? "is no UUID in lower case, as one in a key must be to be told from others"
            : "is no UUID of 36 characters";
    return new TargetType(
        "UUID",
        (json, out) -> {
          String text = text(json);
          if (!pattern.matcher(text).matches()) {
            throw RecordFault.value(text, predicate);
          }
          UUID uuid = UUID.fromString(text);
          out.putLittleEndian(uuid.getMostSignificantBits(), Long.BYTES);
          out.putLittleEndian(uuid.getLeastSignificantBits(), Long.BYTES);
        });
  }

  /** Of four numbers without zeros in front, of which each address has one form. */
  static TargetType ip4OfText() {
    return new TargetType(
        "IPv4",
        (json, out) -> {
          String text = text(json);
          if (!IP4.matcher(text).matches()) {
            throw RecordFault.value(text, "is no IPv4 address such as 192.0.2.1");
          }
          putReversed(Inet4Address.ofLiteral(text).getAddress(), 0, 4, out);
        });
  }

  /** Of any text of an IPv6 address, or of an IPv4 address, which stands in one of IPv6. */
  static TargetType ip6OfText() {
    return new TargetType(
        "IPv6",
        (json, out) -> {
          byte[] address = address(text(json));
          if (address.length == 4) {
            out.putBytes(MAPPED);
          }
          out.putBytes(address);
        });
  }

  private static byte[] address(String text) {
    boolean isKnown = IP4.matcher(text).matches() || text.indexOf(':') >= 0;
    if (isKnown && text.indexOf('%') < 0 && text.indexOf('[') < 0) {
      try {
        InetAddress address =
            text.indexOf(':') >= 0 ? Inet6Address.ofLiteral(text) : Inet4Address.ofLiteral(text);
        return address.getAddress();
      } catch (IllegalArgumentException e) {
        throw RecordFault.value(text, "is no IPv6 address");
      }
    }
    throw RecordFault.value(text, "is no IPv6 address");
  }

  /**
   * Of bytes in the order in which they are written.
   *
   * @param isPadded whether missing bytes at the end are zeros, as they are in BINARY
   */
  static TargetType ofBytes(String name, int width, boolean isPadded) {
    return new TargetType(
        name,
        (json, out) -> {
          byte[] bytes = Binaries.bytes(json);
          if (bytes.length > width || (bytes.length < width && !isPadded)) {
            throw RecordFault.value(bytes.length + " bytes", "are no " + name);
          }
          byte[] all = ByteBuffer.allocate(width).put(bytes).array();
          switch (name) {
            case "UUID" -> {
              putReversed(all, 0, Long.BYTES, out);
              putReversed(all, Long.BYTES, Long.BYTES, out);
            }
            case "IPv4" -> putReversed(all, 0, width, out);
            default -> out.putBytes(all);
          }
        });
  }

  private static void putReversed(byte[] bytes, int from, int length, RowBuffer out) {
    for (int i = from + length - 1; i >= from; i--) {
      out.putByte(bytes[i]);
    }
  }

  private static String text(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new RecordFault("not text but " + json.currentToken());
    }
    return json.getString();
  }
}
