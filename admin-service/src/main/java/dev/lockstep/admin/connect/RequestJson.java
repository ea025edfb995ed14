package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.ConnectorException;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the bodies of Kafka Connect's calls. Scalars become strings as they are written, as Kafka
 * Connect has it. An error tells the place, never the text, which may hold a secret.
 */
final class RequestJson {
  private static final int DEEPEST = 16;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNameLength(1_000).build())
          .build();

  private RequestJson() {}

  /** Reads the body of a POST. */
  static ConnectorRequest connector(byte @Nullable [] body) {
    return read(body, RequestJson::connector);
  }

  /** Reads the body of a PUT. */
  static Map<String, String> config(byte @Nullable [] body) {
    return read(body, parser -> config(parser, "The body"));
  }

  private interface Reader<T> {
    T read(JsonParser parser);
  }

  private static <T> T read(byte @Nullable [] body, Reader<T> reader) {
    if (body == null || body.length == 0) {
      throw malformed("The body is empty. Send JSON.");
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      parser.nextToken();
      T result = reader.read(parser);
      if (parser.nextToken() != null) {
        throw malformed("More follows after the end of the JSON" + place(parser) + ".");
      }
      return result;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw malformed(
          at == null
              ? "Malformed JSON."
              : "Malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".");
    }
  }

  private static ConnectorRequest connector(JsonParser parser) {
    requireObject(parser, "The body");
    String name = null;
    Map<String, String> config = null;
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (key) {
        case "name" -> name = name(parser, value);
        case "config" -> config = config(parser, "config");
        default ->
            throw malformed("Unrecognized field, only name and config are known" + place(parser));
      }
    }
    if (config == null) {
      throw malformed("config is missing. Send {\"name\": …, \"config\": {…}}.");
    }
    return new ConnectorRequest(name == null ? "" : name.strip(), config);
  }

  private static @Nullable String name(JsonParser parser, JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!value.isScalarValue()) {
      throw malformed("name must be a string" + place(parser) + ".");
    }
    return parser.getString();
  }

  private static Map<String, String> config(JsonParser parser, String what) {
    requireObject(parser, what);
    Map<String, String> config = new LinkedHashMap<>();
    List<String> errors = new ArrayList<>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        errors.add(key + ": The value is null. Give it a value or leave the key out.");
      } else if (value.isScalarValue()) {
        config.put(key, parser.getString());
      } else {
        parser.skipChildren();
        errors.add(
            key + ": The value is an object or an array. Give it a string, a number or a boolean.");
      }
    }
    if (!errors.isEmpty()) {
      throw new ConnectorException.InvalidConfig(errors);
    }
    return config;
  }

  private static void requireObject(JsonParser parser, String what) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(what + " must be a JSON object" + place(parser) + ".");
    }
  }

  private static String place(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
