package ai.opengradient.worker.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what someone meant to write. */
final class Spelling {
  private static final int MOST_EDITS = 4;

  private Spelling() {}

  /** The word with the fewest edits from {@code written}, if they are few. */
  static Optional<String> nearest(String written, Stream<String> words) {
    return words
        .filter(word -> edits(written, word) <= MOST_EDITS)
        .min(Comparator.comparingInt(word -> edits(written, word)));
  }

  /** Levenshtein's distance: insertions, deletions and replacements from one to the other. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
