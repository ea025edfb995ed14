package dev.lockstep.system.types;

import java.util.List;

/**
 * A column type and values that have to arrive as they are.
 *
 * @param type as a MySQL column definition names it, such as {@code BIGINT UNSIGNED ZEROFILL}
 * @param form the text by which both ends are compared
 * @param values MySQL literals: minimum, maximum, empty, typical and odd ones; NULL goes without
 *     saying
 */
record TypeCase(String type, Form form, List<String> values) {
  static TypeCase of(String type, Form form, String... values) {
    return new TypeCase(type, form, List.of(values));
  }

  @Override
  public String toString() {
    return type;
  }
}
