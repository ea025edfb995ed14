package dev.lockstep.system.types;

import dev.lockstep.system.suite.SourceAndTarget;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every character of the Basic Multilingual Plane, and some beyond it, in every charset that the
 * server lists. What a charset does not have, MySQL stores as a question mark.
 */
final class CharsetScenarios {
  static final String DATABASE = "types_charsets";
  private static final int PER_ROW = 64;
  private static final int SINGLE_BYTES = 2_000_000;
  private static final int STREAMED_SINGLE_BYTES = 3_000_000;

  private CharsetScenarios() {}

  static List<Scenario> all(SourceAndTarget both) throws SQLException {
    List<Scenario> all = new ArrayList<>();
    all.add(characters());
    for (String row : both.sourceRows("SHOW CHARACTER SET")) {
      String charset = row.substring(0, row.indexOf('\t'));
      int bytes = Integer.parseInt(row.substring(row.lastIndexOf('\t') + 1));
      all.add(of(charset, bytes));
    }
    return all;
  }

  private static Scenario characters() {
    String table = DATABASE + ".characters";
    return new Scenario(
        "all characters",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, v VARCHAR(%d) CHARACTER SET utf8mb4)"
                .formatted(table, PER_ROW),
            "INSERT INTO %s VALUES %s".formatted(table, rows())),
        List.of(),
        "SELECT id, HEX(v) FROM " + table,
        "SELECT id, hex(v) FROM " + table + " FINAL");
  }

  private static String rows() {
    List<Integer> points =
        IntStream.concat(IntStream.range(0, 0x10000), IntStream.range(0x1F600, 0x1F680))
            .filter(point -> point < 0xD800 || point > 0xDFFF)
            .boxed()
            .toList();
    return IntStream.iterate(0, i -> i < points.size(), i -> i + PER_ROW)
        .mapToObj(
            i ->
                "(%d, _utf8mb4 X'%s')"
                    .formatted(i, hex(points.subList(i, Math.min(i + PER_ROW, points.size())))))
        .collect(Collectors.joining(", "));
  }

  private static String hex(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(text::appendCodePoint);
    return HexFormat.of().formatHex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The characters, and for a charset of single bytes each of its bytes. */
  private static Scenario of(String charset, int bytes) {
    String table = DATABASE + ".in_" + charset;
    boolean binary = charset.equals("binary");
    Form form = binary ? Form.BYTES : Form.TEXT;
    String copy =
        "INSERT IGNORE INTO %s SELECT id + %d, v, LEFT(v, 10), v FROM %s.characters WHERE %s";
    List<String> begin = new ArrayList<>();
    begin.add(
        ("CREATE TABLE %1$s (id INT PRIMARY KEY, v VARCHAR(%2$d) CHARACTER SET %3$s,"
                + " c CHAR(40) CHARACTER SET %3$s, t TEXT CHARACTER SET %3$s)")
            .formatted(table, binary ? 4 * PER_ROW : PER_ROW, charset));
    begin.add(copy.formatted(table, 0, DATABASE, "id % 128 = 0"));
    List<String> change = new ArrayList<>();
    change.add(copy.formatted(table, 1_000_000, DATABASE, "TRUE"));
    if (bytes == 1 && !charset.equals("ascii")) {
      begin.add(singleBytes(table, charset, SINGLE_BYTES));
      change.add(singleBytes(table, charset, STREAMED_SINGLE_BYTES));
    }
    change.add("UPDATE %s SET v = c, t = NULL WHERE id %% 3 = 0".formatted(table));
    change.add("DELETE FROM %s WHERE id %% 5 = 0".formatted(table));
    String source =
        "SELECT id, %s, %s, %s FROM %s WHERE %s"
            .formatted(
                form.ofSource("v"),
                form.ofSource("c"),
                form.ofSource("t"),
                table,
                decodable(charset));
    String target = "SELECT id, hex(v), hex(c), hex(t) FROM %s FINAL".formatted(table);
    return new Scenario(charset, begin, change, source, target);
  }

  /**
   * The rows that are not quarantined. Single bytes that stand for no character MySQL shows as a
   * question mark or as U+FFFD; in tis620, U+FFFD itself becomes such a byte.
   */
  private static String decodable(String charset) {
    return switch (charset) {
      case "binary" -> "TRUE";
      case "tis620" -> "HEX(CONVERT(v USING utf8mb4)) NOT LIKE '%EFBFBD%'";
      default ->
          "(id < %d OR HEX(CONVERT(v USING utf8mb4)) NOT IN ('3F', 'EFBFBD'))"
              .formatted(SINGLE_BYTES);
    };
  }

  /**
   * The ids of the rows with a single byte that stands for no character in the charset, by what the
   * server makes of it.
   */
  static Set<Integer> undecodable(SourceAndTarget both, String charset) throws SQLException {
    String bytes =
        IntStream.rangeClosed(0x80, 0xFF)
            .mapToObj(b -> "HEX(CONVERT(_%s X'%02X' USING utf8mb4))".formatted(charset, b))
            .collect(Collectors.joining(", "));
    String[] shown = both.sourceRows("SELECT " + bytes).getFirst().split("\t", -1);
    Set<Integer> ids = new TreeSet<>();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i].equals("3F") || shown[i].equals("EFBFBD")) {
        ids.add(SINGLE_BYTES + 0x80 + i);
        ids.add(STREAMED_SINGLE_BYTES + 0x80 + i);
      }
    }
    return ids;
  }

  /** Whether a row holds one of the single bytes, rather than characters. */
  static boolean isSingleByte(int id) {
    return id >= SINGLE_BYTES;
  }

  /** Those whose single bytes are tried; ascii takes none above 7F. */
  static List<String> ofSingleBytes(SourceAndTarget both) throws SQLException {
    return both.sourceRows("SHOW CHARACTER SET").stream()
        .filter(row -> row.endsWith("\t1"))
        .map(row -> row.substring(0, row.indexOf('\t')))
        .filter(charset -> !charset.equals("ascii") && !charset.equals("binary"))
        .toList();
  }

  private static String singleBytes(String table, String charset, int firstId) {
    return "INSERT IGNORE INTO %s VALUES %s"
        .formatted(
            table,
            IntStream.rangeClosed(0x80, 0xFF)
                .mapToObj(
                    b ->
                        "(%d, _%2$s X'%3$02X', _%2$s X'%3$02X', _%2$s X'61%3$02X')"
                            .formatted(firstId + b, charset, b))
                .collect(Collectors.joining(", ")));
  }
}
