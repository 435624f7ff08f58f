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
      default -> new DistrictPlan(seed, share(scale), 4, 5, 2.15);
    };
  }

  private static double share(String scale) {
    try {
      double share = Double.parseDouble(scale);
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "the scale is demo, full or a number above 0 and up to 1, but was " + scale);
  }

  int communities(Town town) {
    return Math.max(1, (int) Math.round(town.communities() * communityShare));
  }
}
