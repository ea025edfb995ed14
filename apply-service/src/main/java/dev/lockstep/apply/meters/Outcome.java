package dev.lockstep.apply.meters;

import dev.lockstep.apply.commit.Tally;
import java.util.Locale;

/** What became of a record. */
enum Outcome {
  /** Its row was inserted. */
  APPLIED,
  /** Its row gave way to a newer one of its key before it was inserted. */
  SUPERSEDED,
  /** It stands in the dead letters. */
  QUARANTINED,
  /** It changes nothing. */
  DROPPED;

  /** In lower case, as metrics have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many of these there were. */
  long of(Tally tally) {
    return switch (this) {
      case APPLIED -> tally.applied();
      case SUPERSEDED -> tally.superseded();
      case QUARANTINED -> tally.quarantined();
      case DROPPED -> tally.dropped();
    };
  }
}
