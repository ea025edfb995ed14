package dev.lockstep.system.types;

import java.util.List;
import java.util.stream.Stream;

/** Every type of MySQL 9.7. */
final class TypeCases {
  private static final List<TypeCase> ALL =
      Stream.of(NumberCases.all(), TextCases.all(), TimeCases.all(), SpatialCases.all())
          .flatMap(cases -> cases)
          .toList();

  private TypeCases() {}

  static List<TypeCase> all() {
    return ALL;
  }
}
