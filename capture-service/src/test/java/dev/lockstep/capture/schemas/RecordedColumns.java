package dev.lockstep.capture.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.schema.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the real chain says of a column of each documented type, recorded for apply's tests. */
final class RecordedColumns {
  private static final Path RECORDING =
      Path.of("..", "common", "src", "test", "resources", "recorded-columns.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final Path SEEN = Path.of("target", "recorded-columns.json");

  private RecordedColumns() {}

  /** Fails when the recording says something else than these columns by their documented type. */
  static void assertRecorded(Map<String, Column> columns) throws IOException {
    Files.writeString(SEEN, json(columns));
    String recording = Files.exists(RECORDING) ? Files.readString(RECORDING) : "";
    assertThat(json(columns))
        .as(
            "the recording that apply-service's tests rely on; if what is seen is right, copy"
                + " capture-service/%s to %s and run apply-service's tests",
            SEEN, RECORDING.subpath(1, RECORDING.getNameCount()))
        .isEqualTo(recording);
  }

  /** A line each. */
  private static String json(Map<String, Column> columns) {
    return columns.entrySet().stream()
        .map(
            each ->
                JSON.writeValueAsString(each.getKey())
                    + ": "
                    + JSON.writeValueAsString(named(each.getValue())))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  /** Under one name for all: where the type stands on the page does not matter. */
  private static Column named(Column column) {
    return new Column(
        "c", column.type(), column.length(), column.scale(), column.nullable(), column.wire());
  }
}
