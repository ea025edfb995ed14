package dev.lockstep.admin.mappings;

import dev.lockstep.admin.mappings.ChangeRule.Needs;
import java.util.Comparator;
import java.util.List;

/**
 * What a change of a mapping needs in tables that have rows.
 *
 * @param needs the most that one of the changes needs
 * @param changes each property that changed
 */
record Impact(Needs needs, List<Change> changes) {
  /** Copies the list. */
  Impact {
    changes = List.copyOf(changes);
  }

  /**
   * A property that changed.
   *
   * @param property where it stands in the mapping
   * @param needs what it needs
   * @param reason why
   */
  record Change(String property, Needs needs, String reason) {
    static Change of(String property, ChangeRule rule) {
      return new Change(property, rule.needs(), rule.reason());
    }
  }

  static Impact of(List<Change> changes) {
    Needs most =
        changes.stream().map(Change::needs).max(Comparator.naturalOrder()).orElse(Needs.NOTHING);
    return new Impact(most, changes);
  }
}
