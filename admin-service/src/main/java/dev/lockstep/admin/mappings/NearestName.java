package dev.lockstep.admin.mappings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known names a mistyped one was meant to be. */
final class NearestName {
  private static final int LONGEST_GUESSED = 40;

  private record Guess(String name, int typos) {}

  private NearestName() {}

  /** The known name with the fewest typos between, when they are at most a third of its length. */
  static Optional<String> of(String given, Collection<String> known) {
    if (given.length() > LONGEST_GUESSED) {
      return Optional.empty();
    }
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .map(name -> new Guess(name, typos(lower, name.toLowerCase(Locale.ROOT))))
        .filter(guess -> guess.typos() * 3 <= guess.name().length())
        .min(Comparator.comparingInt(Guess::typos).thenComparing(Guess::name))
        .map(Guess::name);
  }

  /** Insertions, deletions and substitutions that make one the other. */
  private static int typos(String from, String to) {
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] now = new int[to.length() + 1];
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[to.length()];
  }
}
