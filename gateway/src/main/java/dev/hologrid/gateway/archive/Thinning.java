package dev.hologrid.gateway.archive;

import java.util.ArrayList;
import java.util.List;

/** Fewer points with the same outline: the least and the greatest value of each step. */
final class Thinning {
  private Thinning() {}

  static List<History.Point> thin(List<History.Point> all, History.Query query) {
    int steps = Math.max(1, query.points() / 2);
    if (all.size() <= query.points() || all.getFirst().value() instanceof String) {
      return all.size() <= query.points()
          ? all
          : all.subList(all.size() - query.points(), all.size());
    }
    double width = (double) (query.to() - query.from()) / steps;
    List<History.Point> thin = new ArrayList<>();
    int i = 0;
    while (i < all.size()) {
      long step = (long) ((all.get(i).time() - query.from()) / width);
      History.Point least = all.get(i);
      History.Point greatest = least;
      for (; i < all.size() && (long) ((all.get(i).time() - query.from()) / width) == step; i++) {
        History.Point each = all.get(i);
        least = number(each) < number(least) ? each : least;
        greatest = number(each) > number(greatest) ? each : greatest;
      }
      boolean leastFirst = least.time() <= greatest.time();
      thin.add(leastFirst ? least : greatest);
      if (least.time() != greatest.time()) {
        thin.add(leastFirst ? greatest : least);
      }
    }
    return thin;
  }

  private static double number(History.Point point) {
    return point.value() instanceof Double number ? number : Double.NaN;
  }
}
