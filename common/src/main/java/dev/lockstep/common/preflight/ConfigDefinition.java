package dev.lockstep.common.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a connector's config can have, with what Kafka's {@code ConfigDef} says of it.
 *
 * @param name the key
 * @param type the type of its values, such as {@code STRING}, {@code INT} or {@code PASSWORD}
 * @param required whether it has to be given
 * @param defaultValue what it is when it is not given; null for nothing
 * @param importance {@code HIGH}, {@code MEDIUM} or {@code LOW}
 * @param documentation what it is for
 * @param group the group of keys that it stands in; null for none
 * @param orderInGroup its place there, from 1 up; -1 for none
 * @param width how much room a form has for it: {@code NONE}, {@code SHORT}, {@code MEDIUM} or
 *     {@code LONG}
 * @param displayName what a form calls it
 * @param dependents the keys whose values depend on this one's
 */
public record ConfigDefinition(
    String name,
    String type,
    boolean required,
    @Nullable String defaultValue,
    String importance,
    String documentation,
    @Nullable String group,
    int orderInGroup,
    String width,
    String displayName,
    List<String> dependents) {
  /** Copies the list. */
  public ConfigDefinition {
    dependents = List.copyOf(dependents);
  }
}
