package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Level;
import dev.hologrid.simulator.site.Place;
import dev.hologrid.simulator.site.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws the district, its towns, communities and grids on one field of cells. */
final class DistrictMap {
  private static final double CELLS_A_GRID = 12;
  private static final double WINDOW_KM = 85;

  /** A grid and the cells that it covers. */
  record Grid(Place place, int[] cells) {}

  private final DistrictPlan plan;
  private final HexField field;
  private final Growth growth;
  private final List<Place> places = new ArrayList<>();
  private final List<Grid> grids = new ArrayList<>();

  DistrictMap(DistrictPlan plan) {
    this.plan = plan;
    double squareKm = Town.NANHAI.stream().mapToDouble(Town::squareKm).sum();
    double gridCount =
        Town.NANHAI.stream().mapToInt(plan::communities).sum() * plan.gridsPerCommunity();
    this.field =
        new HexField(squareKm / (gridCount * CELLS_A_GRID), WINDOW_KM, WINDOW_KM, plan.seed());
    this.growth = new Growth(field, plan.seed(), 0.35);
    draw(squareKm / (gridCount * CELLS_A_GRID));
  }

  List<Place> places() {
    return places;
  }

  List<Grid> grids() {
    return grids;
  }

  HexField field() {
    return field;
  }

  private void draw(double cellSquareKm) {
    int[] seeds = Town.NANHAI.stream().mapToInt(town -> field.cellAt(town.seat())).toArray();
    double[] shares =
        Town.NANHAI.stream().mapToDouble(town -> town.squareKm() / cellSquareKm).toArray();
    int[] owner = growth.grow(seeds, shares, cell -> true);
    closeHoles(owner);
    int[] all = IntStream.range(0, field.size()).filter(c -> owner[c] >= 0).toArray();
    places.add(place(Town.DISTRICT_CODE, "南海区", "Nanhai", Level.DISTRICT, "", all));
    for (int i = 0; i < Town.NANHAI.size(); i++) {
      int index = i;
      Town town = Town.NANHAI.get(i);
      int[] cells = Arrays.stream(all).filter(cell -> owner[cell] == index).toArray();
      places.add(
          place(town.code(), town.name(), town.nameEn(), Level.TOWN, Town.DISTRICT_CODE, cells));
      communities(town, cells);
    }
  }

  private void communities(Town town, int[] cells) {
    List<int[]> split = growth.split(cells, plan.communities(town));
    for (int i = 0; i < split.size(); i++) {
      String code = String.format(Locale.ROOT, "%s%03d", town.code(), i + 1);
      String name = String.format(Locale.ROOT, "%s第%02d社区", town.shortName(), i + 1);
      String nameEn = String.format(Locale.ROOT, "%s community %02d", town.nameEn(), i + 1);
      places.add(place(code, name, nameEn, Level.COMMUNITY, town.code(), split.get(i)));
      grids(code, name, nameEn, split.get(i));
    }
  }

  private void grids(String community, String name, String nameEn, int[] cells) {
    double noise = Noise.unit(plan.seed() + 7, cells[0]) - 0.5;
    int count = (int) Math.max(1, Math.round(plan.gridsPerCommunity() + noise));
    List<int[]> split = growth.split(cells, count);
    for (int i = 0; i < split.size(); i++) {
      Place grid =
          place(
              String.format(Locale.ROOT, "%s%03d", community, i + 1),
              String.format(Locale.ROOT, "%s第%02d网格", name, i + 1),
              String.format(Locale.ROOT, "%s grid %02d", nameEn, i + 1),
              Level.GRID,
              community,
              split.get(i));
      places.add(grid);
      grids.add(new Grid(grid, split.get(i)));
    }
  }

  private Place place(
      String code, String name, String nameEn, Level level, String parent, int[] cells) {
    boolean[] inside = new boolean[field.size()];
    for (int cell : cells) {
      inside[cell] = true;
    }
    return new Place(
        code,
        name,
        nameEn,
        level,
        parent,
        label(cells),
        0,
        field.outline(cells, cell -> inside[cell]));
  }

  /** The centre of the cell nearest to the middle, so that a label is never outside. */
  private Position label(int[] cells) {
    double[] centre = growth.centre(cells);
    int best = cells[0];
    double least = Double.MAX_VALUE;
    for (int cell : cells) {
      double distance = StrictMath.hypot(field.x(cell) - centre[0], field.y(cell) - centre[1]);
      if (distance < least) {
        least = distance;
        best = cell;
      }
    }
    return HexField.position(field.x(best), field.y(best));
  }

  /** Cells that nobody took and that the rim cannot reach go to a neighbour. */
  private void closeHoles(int[] owner) {
    boolean[] outside = new boolean[field.size()];
    Deque<Integer> queue = new ArrayDeque<>();
    outside[0] = true;
    queue.add(0);
    while (!queue.isEmpty()) {
      int cell = queue.remove();
      for (int k = 0; k < HexField.SIDES; k++) {
        int next = field.neighbour(cell, k);
        if (next >= 0 && !outside[next] && owner[next] == Growth.NOBODY) {
          outside[next] = true;
          queue.add(next);
        }
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int cell = 0; cell < owner.length; cell++) {
        for (int k = 0; k < HexField.SIDES && owner[cell] < 0 && !outside[cell]; k++) {
          int next = field.neighbour(cell, k);
          if (next >= 0 && owner[next] >= 0) {
            owner[cell] = owner[next];
            changed = true;
          }
        }
      }
    }
  }
}
