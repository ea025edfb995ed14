package dev.lockstep.admin.bodies;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body. */
public final class JsonBody {
  private static final int DEEPEST = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNameLength(1_000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /**
   * The object that it is.
   *
   * @throws MalformedBodyException when it is none
   */
  public static ObjectNode object(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw new MalformedBodyException("The body is empty. Send JSON.");
    }
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw new MalformedBodyException("The body must be a JSON object.");
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new MalformedBodyException(
          at == null
              ? "Malformed JSON."
              : "Malformed JSON at line "
                  + at.getLineNr()
                  + ", column "
                  + at.getColumnNr()
                  + ". Correct it; no property may stand twice, nor anything after the end.");
    }
  }
}
