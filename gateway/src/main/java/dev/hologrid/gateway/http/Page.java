package dev.hologrid.gateway.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page, or null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
  Page {
    items = List.copyOf(items);
  }

  static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }

  /** The page that begins after {@code cursor} in a sorted list; a key may vanish in between. */
  static <T, V> Page<V> of(
      List<T> sorted, Call call, Function<T, String> key, Function<T, V> view) {
    int limit = call.limit();
    String after = call.cursor();
    int from = 0;
    if (after != null) {
      while (from < sorted.size() && !key.apply(sorted.get(from)).equals(after)) {
        from++;
      }
      if (from == sorted.size()) {
        throw Refused.badRequest(
            "cursor", "the place that this cursor marks is gone; ask again without cursor");
      }
      from++;
    }
    int to = Math.min(sorted.size(), from + limit);
    List<V> items = sorted.subList(from, to).stream().map(view).toList();
    String next = to < sorted.size() ? Cursor.write(key.apply(sorted.get(to - 1))) : null;
    return new Page<>(items, next);
  }
}
