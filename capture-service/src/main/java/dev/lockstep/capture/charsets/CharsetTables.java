package dev.lockstep.capture.charsets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/**
 * The tables that lie beside this class, taken from a MySQL server.
 *
 * <p>{@code single-byte.txt} has a line per character set: its name, a space, and 256 characters as
 * four hexadecimal digits each, by byte. {@code NAME.z} is a multi-byte one, deflated: the
 * characters of {@link MultiByte}'s tables one after the other, each in two bytes, the higher
 * first.
 */
final class CharsetTables {
  private static final String SINGLE_BYTE = "single-byte.txt";

  private CharsetTables() {}

  /** The single-byte character set of this name, if there is one. */
  static Optional<TextDecoder> singleByte(String name) {
    return lines(SINGLE_BYTE)
        .filter(line -> line.startsWith(name + " "))
        .map(line -> (TextDecoder) new SingleByte(characters(line.substring(name.length() + 1))))
        .findFirst();
  }

  /** The lines of a resource of ASCII characters. */
  static Stream<String> lines(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static char[] characters(String hex) {
    char[] table = new char[hex.length() / 4];
    for (int i = 0; i < table.length; i++) {
      table[i] = (char) Integer.parseInt(hex, 4 * i, 4 * i + 4, 16);
    }
    return table;
  }

  /** The multi-byte character set of this name, which there must be. */
  static TextDecoder multiByte(String name) {
    try (InputStream in = new InflaterInputStream(open(name + ".z"))) {
      byte[] bytes = in.readAllBytes();
      char[] row = new char[bytes.length / 2];
      ByteBuffer.wrap(bytes).asCharBuffer().get(row);
      return new MultiByte(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = CharsetTables.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("Not in this build: " + resource);
    }
    return in;
  }
}
