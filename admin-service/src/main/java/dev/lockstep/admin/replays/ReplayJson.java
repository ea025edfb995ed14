package dev.lockstep.admin.replays;

import dev.lockstep.admin.bodies.JsonBody;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.replay.ReplayRequest.Source;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a replay's request from a body. */
final class ReplayJson {
  private static final Set<String> PROPERTIES =
      new TreeSet<>(
          Set.of(
              "database",
              "table",
              "source",
              "fromTime",
              "fromOffsets",
              "into",
              "mode",
              "deadLetters"));

  private final ObjectNode object;
  private final List<String> errors = new ArrayList<>();

  /** What is asked for. */
  record Asked(
      String database,
      String table,
      Source source,
      @Nullable Instant fromTime,
      Map<Integer, Long> fromOffsets,
      Into into,
      @Nullable Mode mode,
      List<Long> deadLetters) {
    /** The request with this id. */
    ReplayRequest as(String id, Instant at) {
      return new ReplayRequest(
          id, database, table, source, fromTime, fromOffsets, into, mode, deadLetters, at, false);
    }
  }

  private ReplayJson(ObjectNode object) {
    this.object = object;
  }

  /**
   * Reads a request.
   *
   * @throws dev.lockstep.admin.bodies.MalformedBodyException when the body is no JSON object
   * @throws ProblemException when it breaks a rule
   */
  static Asked read(byte @Nullable [] body) {
    var reader = new ReplayJson(JsonBody.object(body));
    Asked asked = reader.asked();
    if (reader.errors.isEmpty()) {
      reader.check(asked);
    }
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_REPLAY,
          "The replay can't be carried out, for %d reason(s); nothing was begun:\n%s"
              .formatted(reader.errors.size(), String.join("\n", reader.errors)));
    }
    return asked;
  }

  private Asked asked() {
    object.propertyNames().stream()
        .filter(name -> !PROPERTIES.contains(name))
        .forEach(
            name ->
                errors.add(
                    "%s: Nobody knows this property. Leave it out; there are %s."
                        .formatted(name, String.join(", ", PROPERTIES))));
    return new Asked(
        text("database"),
        text("table"),
        choice("source", Source.class).orElse(Source.TOPIC),
        time(),
        offsets(),
        choice("into", Into.class).orElse(Into.TABLE),
        choice("mode", Mode.class).orElse(null),
        deadLetters());
  }

  private void check(Asked asked) {
    try {
      asked.as("", Instant.EPOCH);
    } catch (IllegalArgumentException e) {
      errors.add(String.valueOf(e.getMessage()));
    }
  }

  private String text(String name) {
    JsonNode value = object.path(name);
    if (!value.isString() || value.stringValue().isBlank()) {
      errors.add(name + ": It must be a text. Give it as it is in the source.");
      return "";
    }
    return value.stringValue();
  }

  private <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    Optional<E> found =
        Stream.of(type.getEnumConstants())
            .filter(constant -> value.isString() && constant.name().equals(value.stringValue()))
            .findFirst();
    if (found.isEmpty()) {
      List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
      errors.add(
          "%s: There is no such one. It must be one of %s."
              .formatted(name, String.join(", ", names)));
    }
    return found;
  }

  private @Nullable Instant time() {
    JsonNode value = object.path("fromTime");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    try {
      return Instant.parse(value.asString(""));
    } catch (DateTimeException _) {
      errors.add("fromTime: It must be a time in UTC, such as 2026-11-23T08:00:00Z.");
      return null;
    }
  }

  private Map<Integer, Long> offsets() {
    JsonNode value = object.path("fromOffsets");
    Map<Integer, Long> offsets = new TreeMap<>();
    if (value.isMissingNode() || value.isNull()) {
      return offsets;
    }
    boolean right = value.isObject() && !value.isEmpty();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      boolean named = entry.getKey().matches("\\d{1,6}") && isOffset(entry.getValue());
      right &= named;
      if (named) {
        offsets.put(Integer.parseInt(entry.getKey()), entry.getValue().longValue());
      }
    }
    if (!right) {
      errors.add("fromOffsets: It must have an offset for each partition, such as {\"0\": 1200}.");
    }
    return offsets;
  }

  private static boolean isOffset(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
  }

  private List<Long> deadLetters() {
    JsonNode value = object.path("deadLetters");
    List<Long> offsets = new ArrayList<>();
    if (value.isMissingNode() || value.isNull()) {
      return offsets;
    }
    boolean right = value.isArray() && !value.isEmpty();
    for (JsonNode each : value) {
      right &= isOffset(each);
      offsets.add(each.asLong(0));
    }
    if (!right) {
      errors.add(
          "deadLetters: It must be a list of offsets in the dead letters topic, such as [17, 18].");
    }
    return offsets;
  }
}
