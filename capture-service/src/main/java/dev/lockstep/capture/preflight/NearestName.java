package dev.lockstep.capture.preflight;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped name was meant to be. */
final class NearestName {
  private static final int MOST_TYPOS = 3;

  private NearestName() {}

  /** The candidate with the fewest typos between, when they are few for the name's length. */
  static Optional<String> of(String name, Collection<String> candidates) {
    int most = Math.min(MOST_TYPOS, Math.max(1, name.length() / 4));
    record Guess(String candidate, int typos) {}
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= most)
        .map(candidate -> new Guess(candidate, typos(name, candidate)))
        .filter(guess -> guess.typos() <= most)
        .min(Comparator.comparingInt(Guess::typos).thenComparing(Guess::candidate))
        .map(Guess::candidate);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours that make one the other. */
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
