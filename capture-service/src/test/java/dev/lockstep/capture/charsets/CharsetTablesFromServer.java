package dev.lockstep.capture.charsets;

import dev.lockstep.capture.charsets.ServerText.Held;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Writes the resources of {@link CharsetTables} anew from a real server. It runs only when it is
 * named, after MySQL has changed a character set: {@code mvn test -pl capture-service -am
 * -Dtest=CharsetTablesFromServer -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(Servers.class)
class CharsetTablesFromServer {
  private static final Path FOLDER = Path.of("src/main/resources/dev/lockstep/capture/charsets");

  @Test
  void write(MySqlServer mysql) throws SQLException, IOException {
    try (ServerText server = new ServerText(mysql.connect())) {
      StringBuilder singles = new StringBuilder();
      for (String charset : server.charsets("TRUE")) {
        if (MySqlCharsets.MULTI_BYTE.contains(charset)) {
          writeDeflated(charset, multiByte(server, charset));
        } else if (!MySqlCharsets.ALIKE_IN_JAVA.contains(charset)
            && !MySqlCharsets.UNICODE.containsKey(charset)) {
          singles.append(charset).append(' ');
          for (char c : singles(server, charset)) {
            singles.append("%04x".formatted((int) c));
          }
          singles.append('\n');
        }
      }
      write("single-byte.txt", singles);
      write("collations.txt", server.collations());
    }
  }

  private static void write(String resource, CharSequence text) throws IOException {
    Files.writeString(FOLDER.resolve(resource), text, StandardCharsets.US_ASCII);
  }

  private static char[] singles(ServerText server, String charset) throws SQLException {
    char[] table = new char[MultiByte.SINGLES];
    for (Held held : server.singles(charset)) {
      table[held.bytes()[0] & 0xff] = only(held.text());
    }
    return table;
  }

  private static ByteBuffer multiByte(ServerText server, String charset) throws SQLException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
    char[] singles = singles(server, charset);
    char[] pairs = new char[MultiByte.PAIRS];
    for (Held held : server.pairs(charset)) {
      int first = held.bytes()[0] & 0xff;
      boolean isOneCode = singles[first] == MultiByte.NONE && held.text().length() == 1;
      if (isOneCode && first >= 0x80) {
        pairs[(first & 0x7f) << 8 | held.bytes()[1] & 0xff] = only(held.text());
      }
    }
    bytes.asCharBuffer().put(singles).put(pairs);
    bytes.position(2 * (singles.length + pairs.length));
    if (Set.of("eucjpms", "ujis").contains(charset)) {
      put(bytes, triples(server, charset));
    } else if (charset.equals("gb18030")) {
      String text = server.text(charset, Gb18030.quadruples(0, MultiByte.QUADRUPLES));
      put(bytes, text.toCharArray());
    }
    return bytes.flip();
  }

  private static void put(ByteBuffer bytes, char[] table) {
    bytes.asCharBuffer().put(table);
    bytes.position(bytes.position() + 2 * table.length);
  }

  private static char[] triples(ServerText server, String charset) throws SQLException {
    char[] triples = new char[MultiByte.TRIPLES];
    for (Held held : server.triples(charset, 0x8f)) {
      List<Byte> bytes = List.of(held.bytes()[1], held.bytes()[2]);
      if (held.text().length() == 1) {
        triples[(bytes.getFirst() & 0x7f) << 7 | bytes.getLast() & 0x7f] = only(held.text());
      }
    }
    return triples;
  }

  private static char only(String text) {
    if (text.length() != 1) {
      throw new IllegalStateException("One character was expected, not: " + text);
    }
    return text.charAt(0);
  }

  private static void writeDeflated(String charset, ByteBuffer bytes) throws IOException {
    try (OutputStream out =
        new DeflaterOutputStream(Files.newOutputStream(FOLDER.resolve(charset + ".z")))) {
      out.write(bytes.array(), 0, bytes.limit());
    }
  }
}
