package dev.lockstep.admin.mappings;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a mapping from a request's body. */
final class MappingJson {
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

  private MappingJson() {}

  /**
   * Reads the mapping of this name. What is checked is what apply-service will read: the result is
   * decoded as the topic's records are.
   *
   * @throws MappingException.Malformed when the body is no JSON object
   * @throws MappingException.Invalid when it breaks a rule
   */
  static TableMapping read(String name, byte @Nullable [] body) {
    ObjectNode object = object(body);
    List<String> errors = MappingRules.errors(name, object);
    if (!errors.isEmpty()) {
      throw new MappingException.Invalid(errors);
    }
    return ControlCodec.decode(
        JSON.writeValueAsBytes(object.put("name", name)), TableMapping.class);
  }

  private static ObjectNode object(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw new MappingException.Malformed("The body is empty. Send JSON.");
    }
    try {
      JsonNode tree = JSON.readTree(body);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new MappingException.Malformed(
          "The body must be a JSON object, such as {\"tables\": \"inventory\\\\.orders\"}.");
    } catch (JacksonException e) {
      throw new MappingException.Malformed(place(e));
    }
  }

  private static String place(JacksonException e) {
    var at = e.getLocation();
    return at == null
        ? "Malformed JSON."
        : "Malformed JSON at line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ". Correct it; no property may stand twice, nor anything after the end.";
  }
}
