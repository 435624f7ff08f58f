package dev.hologrid.gateway.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The nearest known word to a mistyped one, by edit distance. */
final class Near {
  private Near() {}

  static @Nullable String to(String word, Collection<String> known) {
    String best = null;
    int least = Math.max(2, word.length() / 4) + 1;
    for (String each : known) {
      int distance = distance(word, each, least);
      if (distance < least) {
        least = distance;
        best = each;
      }
    }
    return best;
  }

  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
