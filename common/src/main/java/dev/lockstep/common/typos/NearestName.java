package dev.lockstep.common.typos;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known names a mistyped one was meant to be. */
public final class NearestName {
  private static final int MOST_TYPOS = 3;
  private static final int LETTERS_PER_TYPO = 3;

  private record Guess(String name, int typos) {}

  private NearestName() {}

  /**
   * The known name with the fewest typos between: three at most, and one for every three of its
   * letters. Upper and lower case are not told apart.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> Math.abs(name.length() - lower.length()) <= most(name))
        .map(name -> new Guess(name, typos(lower, name.toLowerCase(Locale.ROOT))))
        .filter(guess -> guess.typos() <= most(guess.name()))
        .min(Comparator.comparingInt(Guess::typos).thenComparing(Guess::name))
        .map(Guess::name);
  }

  private static int most(String name) {
    return Math.min(MOST_TYPOS, name.length() / LETTERS_PER_TYPO);
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours that make one the other (the
   * optimal string alignment distance).
   */
  static int typos(String from, String to) {
    int[][] distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : cheapest(distance, from, to, i, j);
      }
    }
    return distance[from.length()][to.length()];
  }

  private static int cheapest(int[][] distance, String from, String to, int i, int j) {
    int substitution = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
    best = Math.min(best, distance[i - 1][j - 1] + substitution);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }
}
