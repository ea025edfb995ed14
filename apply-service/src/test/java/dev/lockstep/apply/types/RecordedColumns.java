package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Columns as capture-service reads them from a real server under Debezium's defaults. Its {@code
 * StreamedTypesTest} holds the recording to what it sees, and says how to record anew.
 */
final class RecordedColumns {
  private static final Map<String, Column> BY_TYPE = read();

  private RecordedColumns() {}

  private static Map<String, Column> read() {
    Path recording = Path.of("..", "common", "src", "test", "resources", "recorded-columns.json");
    try {
      return JsonMapper.shared()
          .readValue(Files.readString(recording), new TypeReference<TreeMap<String, Column>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A NOT NULL column of a type as {@code docs/types.md} names it; p, s and n there are 12, 3 and
   * 3. MySQL knows some types by another name, which is then the column's.
   */
  static Column of(String documented) {
    Column column = BY_TYPE.get(documented);
    return named(Objects.requireNonNull(column, documented + " was not recorded").type(), column);
  }

  /** The same under its own name, where the documented one has no arguments. */
  static Column underItsOwnName(String documented) {
    Column column = of(documented);
    return documented.contains("(") ? column : named(documented, column);
  }

  private static Column named(String type, Column column) {
    return new Column("c", type, column.length(), column.scale(), false, column.wire());
  }
}
