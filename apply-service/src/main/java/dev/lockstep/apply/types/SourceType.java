package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source column's type without its attributes: Debezium names a type as the DDL wrote it, so the
 * same type has several names.
 *
 * @param name the type's words without attributes, such as {@code DOUBLE PRECISION}
 * @param unsigned whether it is UNSIGNED, which ZEROFILL implies
 */
record SourceType(String name, boolean unsigned) {
  private static final Set<String> ATTRIBUTES = Set.of("UNSIGNED", "SIGNED", "ZEROFILL");

  static SourceType of(Column column) {
    String[] words = column.type().strip().split("\\s+", -1);
    String name =
        Arrays.stream(words)
            .filter(word -> !ATTRIBUTES.contains(word))
            .collect(Collectors.joining(" "));
    boolean unsigned =
        Arrays.stream(words).anyMatch(word -> word.equals("UNSIGNED") || word.equals("ZEROFILL"));
    return new SourceType(name, unsigned || name.equals("SERIAL"));
  }
}
