package dev.lockstep.apply.types;

import org.jspecify.annotations.Nullable;

/** Choices that were not made. */
final class Options {
  private Options() {}

  static <T> T or(@Nullable T chosen, T byDefault) {
    return chosen == null ? byDefault : chosen;
  }
}
