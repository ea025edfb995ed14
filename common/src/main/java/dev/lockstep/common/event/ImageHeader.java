package dev.lockstep.common.event;

import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A header with texts by column for each image of a row: a JSON object in UTF-8, {@code {"before":
 * {}, "after": {"column": "text"}}}.
 */
final class ImageHeader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ImageHeader() {}

  static byte[] encode(Map<String, String> before, Map<String, String> after) {
    return JSON.writeValueAsBytes(Map.of("before", before, "after", after));
  }

  /**
   * Reads one into a record of the two maps; null where the record has no such header.
   *
   * @throws MalformedEventException when it is not as described here
   */
  static <T> @Nullable T read(Headers headers, String name, Class<T> type) {
    Header header = headers.lastHeader(name);
    if (header == null) {
      return null;
    }
    try {
      return JSON.readValue(header.value(), type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedEventException("The header " + name + " is not a JSON object of columns");
    }
  }
}
