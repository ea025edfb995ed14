package dev.lockstep.common.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name in the target that is made of the source's. */
final class NameTemplate {
  private static final Pattern PART =
      Pattern.compile("\\$(?:(\\$)|(\\d)|\\{(\\d{1,3})}|\\{([A-Za-z][A-Za-z0-9]*)})|[^$]+|\\$");
  private static final String DATABASE = "database";
  private static final String TABLE = "table";

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Numbered(int group) implements Part {}

    record Named(String name) implements Part {}
  }

  private final String template;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is empty, or a dollar sign stands alone
   */
  NameTemplate(String template) {
    this.template = template;
    Matcher matcher = PART.matcher(template);
    while (matcher.find()) {
      parts.add(part(matcher));
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name of the target is empty");
    }
  }

  private Part part(Matcher matcher) {
    if (matcher.group().equals("$")) {
      throw new IllegalArgumentException(
          "in %s a dollar sign stands alone: write $1 or ${name} for a group, $$ for a dollar sign"
              .formatted(template));
    }
    if (matcher.group(2) != null || matcher.group(3) != null) {
      String number = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      return new Part.Numbered(Integer.parseInt(number));
    }
    if (matcher.group(4) != null) {
      return new Part.Named(matcher.group(4));
    }
    return new Part.Text(matcher.group(1) == null ? matcher.group() : "$");
  }

  void checkGroups(TablePattern pattern) {
    for (Part part : parts) {
      boolean known =
          switch (part) {
            case Part.Text _ -> true;
            case Part.Numbered(int group) -> group <= pattern.groupCount();
            case Part.Named(String name) ->
                name.equals(DATABASE) || name.equals(TABLE) || pattern.groups().containsKey(name);
          };
      if (!known) {
        throw new IllegalArgumentException(
            "in %s a group is named that the pattern does not have".formatted(template));
      }
    }
  }

  /** The name for a table; a group of the pattern goes before the source's name of like name. */
  String fill(String database, String table, MatchResult match) {
    var name = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> name.append(text);
        case Part.Numbered(int group) -> append(name, match.group(group));
        case Part.Named(String group) -> append(name, named(group, database, table, match));
      }
    }
    return name.toString();
  }

  private static @Nullable String named(
      String group, String database, String table, MatchResult match) {
    if (match.namedGroups().containsKey(group)) {
      return match.group(group);
    }
    return group.equals(DATABASE) ? database : table;
  }

  /** A group that took no part in the match is nothing. */
  private static void append(StringBuilder name, @Nullable String matched) {
    if (matched != null) {
      name.append(matched);
    }
  }

  /** The template that always gives this name. */
  static String literal(String name) {
    return name.replace("$", "$$");
  }
}
