package dev.lockstep.admin.mappings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lockstep.common.typos.NearestName;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is found wrong with a mapping's JSON, and the checks that its parts share. An error reads
 * {@code <where>: <problem> <remedy>}.
 */
final class MappingErrors {
  private final List<String> errors = new ArrayList<>();

  List<String> all() {
    return errors;
  }

  void add(String where, String what) {
    errors.add(where + ": " + what);
  }

  void addAll(List<String> found) {
    errors.addAll(found);
  }

  /** Tells of a value that is null; false when it is not. */
  boolean isNull(String path, JsonNode value) {
    if (value.isNull()) {
      add(path, "The value is null. Leave it out, or give it a value; the choice NULL has quotes.");
    }
    return value.isNull();
  }

  /** Tells of a value that is none of an enum's. */
  void choice(String path, Class<?> type, JsonNode value) {
    List<String> allowed = Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    if (!value.isString() || !allowed.contains(value.stringValue())) {
      add(path, "There is no such choice. It must be one of " + String.join(", ", allowed) + ".");
    }
  }

  /** Tells of a value that is no boolean. */
  void bool(String path, JsonNode value) {
    if (!value.isBoolean()) {
      add(path, "It must be true or false, without quotes.");
    }
  }

  /** The text of a value; null when it is none, which is told. */
  @Nullable String text(String path, JsonNode value, String example) {
    if (value.isString()) {
      return value.stringValue();
    }
    add(path, "It must be a string, such as " + example + ".");
    return null;
  }

  /** Whether a value is an object; tells of one that is not. */
  boolean isObject(String path, JsonNode value, String example) {
    if (!value.isObject()) {
      add(path, "It must be an object: " + example + ".");
    }
    return value.isObject();
  }

  /**
   * Tells of a property that is not known there.
   *
   * @param elsewhere what to say of one that belongs to another place; null where it does not
   */
  void unknown(String parent, String key, Collection<String> known, @Nullable String elsewhere) {
    String remedy =
        elsewhere == null
            ? NearestName.of(key, known)
                .map(name -> "Did you mean " + name + "?")
                .orElse("Leave it out.")
            : elsewhere;
    add(
        parent + Quoted.of(key),
        "There is no such property. %s Known are %s.".formatted(remedy, String.join(", ", known)));
  }

  /** What a record's JSON can have, by name, in its order. */
  static Map<String, Class<?>> components(Class<? extends Record> type) {
    Map<String, Class<?>> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        components.putAll(components(component.getType().asSubclass(Record.class)));
      } else {
        components.put(component.getName(), component.getType());
      }
    }
    return components;
  }
}
