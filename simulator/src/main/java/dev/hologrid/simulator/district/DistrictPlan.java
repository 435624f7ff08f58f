package dev.hologrid.simulator.district;

import java.util.Locale;

/**
 * How large a district to make.
 *
 * @param communityShare of the real number of communities, at least one in each town
 */
public record DistrictPlan(
    long seed,
    double communityShare,
    double gridsPerCommunity,
    double buildingsPerGrid,
    double devicesPerBuilding) {
  private static final double DEMO_SHARE = 0.23;

  /** {@code demo}, {@code full}, or the share of communities as a number. */
  public static DistrictPlan of(String scale, long seed) {
    return switch (scale.toLowerCase(Locale.ROOT)) {
      case "demo" -> new DistrictPlan(seed, DEMO_SHARE, 4, 5, 2.15);
      case "full" -> new DistrictPlan(seed, 1, 6.5, 2.5, 10);
      default -> new DistrictPlan(seed, Double.parseDouble(scale), 4, 5, 2.15);
    };
  }

  int communities(Town town) {
    return Math.max(1, (int) Math.round(town.communities() * communityShare));
  }
}
