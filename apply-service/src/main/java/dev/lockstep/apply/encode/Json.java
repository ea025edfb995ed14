package dev.lockstep.apply.encode;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reading JSON token by token. */
final class Json {
  /** Longer than any value that a Kafka record of 24 MiB can hold. */
  private static final int LONGEST_TEXT = 64 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
          .build();

  private Json() {}

  static JsonParser parser(byte[] document, int offset) {
    return FACTORY.createParser(
        ObjectReadContext.empty(), document, offset, document.length - offset);
  }

  /** Where the current token begins, counted from where the parser began. */
  static int offset(JsonParser json) {
    return (int) json.currentTokenLocation().getByteOffset();
  }
}
