package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;

/**
 * What becomes of the dates and times that ClickHouse does not have.
 *
 * @param zeroDates of those with a zero in year, month or day
 * @param outOfRange of those before 1900 or after 2299
 */
record TimePolicy(ZeroDates zeroDates, OutOfRange outOfRange) {
  /** For types without such values. */
  static final TimePolicy NONE = new TimePolicy(ZeroDates.QUARANTINE, OutOfRange.QUARANTINE);

  static TimePolicy of(TypeOptions options) {
    return new TimePolicy(
        Options.or(options.zeroDates(), ZeroDates.QUARANTINE),
        Options.or(options.outOfRange(), OutOfRange.QUARANTINE));
  }

  /** For a type whose values are all within range. */
  TimePolicy withinRange() {
    return clamps() ? new TimePolicy(zeroDates, OutOfRange.QUARANTINE) : this;
  }

  /** Texts hold everything, zero dates too. */
  boolean isText() {
    return outOfRange == OutOfRange.STRING;
  }

  boolean clamps() {
    return outOfRange == OutOfRange.CLAMP;
  }

  boolean makesNull() {
    return zeroDates == ZeroDates.NULL && !isText();
  }

  boolean makesEpoch() {
    return zeroDates == ZeroDates.EPOCH && !isText();
  }

  boolean alters() {
    return makesNull() || makesEpoch() || clamps();
  }
}
