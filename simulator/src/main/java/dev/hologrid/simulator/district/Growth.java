package dev.hologrid.simulator.district;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Regions that grow from seeds over a field, the least filled first, over noise. Every region stays
 * connected.
 */
final class Growth {
  static final int NOBODY = -1;

  private record Candidate(int cell, double cost) {}

  private final HexField field;
  private final long seed;
  private final double roughness;

  Growth(HexField field, long seed, double roughness) {
    this.field = field;
    this.seed = seed;
    this.roughness = roughness;
  }

  /**
   * Grows all regions at once.
   *
   * @param shares how many cells each region wants; it stops there
   * @return for each cell of the field its region, or {@link #NOBODY}
   */
  int[] grow(int[] seeds, double[] shares, IntPredicate allowed) {
    int[] owner = new int[field.size()];
    Arrays.fill(owner, NOBODY);
    List<PriorityQueue<Candidate>> frontiers = new ArrayList<>();
    for (int seedCell : seeds) {
      PriorityQueue<Candidate> frontier =
          new PriorityQueue<>(
              Comparator.comparingDouble(Candidate::cost).thenComparingInt(Candidate::cell));
      frontier.add(new Candidate(seedCell, 0));
      frontiers.add(frontier);
    }
    int[] taken = new int[seeds.length];
    for (int region = neediest(frontiers, taken, shares);
        region != NOBODY;
        region = neediest(frontiers, taken, shares)) {
      Candidate next = frontiers.get(region).remove();
      if (owner[next.cell()] != NOBODY) {
        continue;
      }
      owner[next.cell()] = region;
      taken[region]++;
      for (int k = 0; k < HexField.SIDES; k++) {
        int cell = field.neighbour(next.cell(), k);
        if (cell >= 0 && owner[cell] == NOBODY && allowed.test(cell)) {
          frontiers.get(region).add(new Candidate(cell, cost(seeds[region], cell)));
        }
      }
    }
    return owner;
  }

  private static int neediest(
      List<PriorityQueue<Candidate>> frontiers, int[] taken, double[] shares) {
    int best = NOBODY;
    double least = 1;
    for (int region = 0; region < taken.length; region++) {
      double filled = taken[region] / shares[region];
      if (filled < least && !frontiers.get(region).isEmpty()) {
        least = filled;
        best = region;
      }
    }
    return best;
  }

  private double cost(int from, int cell) {
    double dx = field.x(cell) - field.x(from);
    double dy = field.y(cell) - field.y(from);
    return StrictMath.sqrt(dx * dx + dy * dy) * (1 + roughness * Noise.unit(seed, cell));
  }

  /**
   * Splits one region into equal parts, numbered from west to east and north to south.
   *
   * @return the cells of each part
   */
  List<int[]> split(int[] region, int parts) {
    boolean[] inside = new boolean[field.size()];
    for (int cell : region) {
      inside[cell] = true;
    }
    int count = Math.min(parts, region.length);
    double[] shares = new double[count];
    Arrays.fill(shares, region.length); // so that nobody stops before all cells are taken
    int[] owner = grow(farApart(region, count), shares, cell -> inside[cell]);
    List<int[]> split = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int wanted = part;
      split.add(Arrays.stream(region).filter(cell -> owner[cell] == wanted).toArray());
    }
    split.sort(
        Comparator.<int[]>comparingLong(cells -> Math.round(centre(cells)[0] / 2))
            .thenComparingDouble(cells -> -centre(cells)[1]));
    return split;
  }

  double[] centre(int[] cells) {
    double x = 0;
    double y = 0;
    for (int cell : cells) {
      x += field.x(cell);
      y += field.y(cell);
    }
    return new double[] {x / cells.length, y / cells.length};
  }

  /** Each next seed is the cell farthest from all seeds so far. */
  private int[] farApart(int[] region, int count) {
    double[] nearest = new double[region.length];
    Arrays.fill(nearest, Double.MAX_VALUE);
    int[] seeds = new int[count];
    int pick = (int) (Noise.unit(seed, region[0]) * region.length);
    for (int i = 0; i < count; i++) {
      seeds[i] = region[pick];
      int farthest = 0;
      for (int j = 0; j < region.length; j++) {
        double dx = field.x(region[j]) - field.x(seeds[i]);
        double dy = field.y(region[j]) - field.y(seeds[i]);
        nearest[j] = Math.min(nearest[j], dx * dx + dy * dy);
        if (nearest[j] > nearest[farthest]) {
          farthest = j;
        }
      }
      pick = farthest;
    }
    return seeds;
  }
}
