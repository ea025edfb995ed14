package dev.lockstep.admin.names;

import java.util.ArrayList;
import java.util.List;

/** Names of things that users make: they stand in URLs and are keys of Kafka's records. */
public final class Names {
  /** As Kafka limits topics' names, which hold those of connectors. */
  private static final int LONGEST = 249;

  private Names() {}

  /**
   * What is wrong with a name; each error reads {@code name: <problem> <remedy>}.
   *
   * @param thing what it is the name of, such as connector
   */
  public static List<String> errors(String thing, String name) {
    List<String> errors = new ArrayList<>();
    if (name.isBlank()) {
      errors.add("name: The " + thing + " has no name. Give it one.");
    }
    if (name.length() > LONGEST) {
      errors.add("name: The name is longer than 249 characters. Shorten it.");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      errors.add("name: The name holds control characters. Leave them out.");
    }
    if (isNotUnicode(name)) {
      errors.add("name: The name holds half a character (a lone surrogate). Leave it out.");
    }
    if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
      errors.add(
          "name: The name can't stand in a URL's path. Leave out '/' and '\\', and don't call it"
              + " '.' or '..'.");
    }
    return errors;
  }

  /** Whether a text holds half a surrogate pair, which no encoding can write. */
  public static boolean isNotUnicode(String text) {
    return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
