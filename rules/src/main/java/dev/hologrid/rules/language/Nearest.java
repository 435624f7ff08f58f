package dev.hologrid.rules.language;

import java.util.Collection;

/** The known word that somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /** {@code did you mean 'x'?}, or nothing when no word is near. */
  public static String hint(String wrong, Collection<String> known) {
    for (String word : known) { // AVG for avg, keep_firing for keep_firing_for
      if (word.equalsIgnoreCase(wrong) || word.startsWith(wrong + "_") && wrong.length() > 3) {
        return "did you mean '" + word + "'?";
      }
    }
    String best = "";
    int least = Math.max(1, wrong.length() / 3) + 1;
    for (String word : known) {
      int distance = distance(wrong, word);
      if (distance < least || (distance == least && word.compareTo(best) < 0 && !best.isEmpty())) {
        least = distance;
        best = word;
      }
    }
    return best.isEmpty() ? "" : "did you mean '" + best + "'?";
  }

  /** Edits between two words; a swap of neighbours counts as one. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
