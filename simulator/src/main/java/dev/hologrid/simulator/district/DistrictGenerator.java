package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Level;
import dev.hologrid.simulator.site.Place;
import dev.hologrid.simulator.site.Position;
import dev.hologrid.simulator.site.Sensor;
import dev.hologrid.simulator.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes the whole site of a plan; the same plan gives the same site on every machine. */
public final class DistrictGenerator {
  private static final String[] USES = {"residential", "shop", "factory", "school", "market"};

  private final DistrictPlan plan;
  private final SplittableRandom random;
  private final List<Place> places = new ArrayList<>();
  private final List<Sensor> devices = new ArrayList<>();
  private int smokes;
  private int cameras;
  private int doors;

  private DistrictGenerator(DistrictPlan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
  }

  /** Towns by their real names and codes; everything below them is invented. */
  public static Site generate(DistrictPlan plan) {
    DistrictGenerator generator = new DistrictGenerator(plan);
    DistrictMap map = new DistrictMap(plan);
    generator.places.addAll(map.places());
    for (DistrictMap.Grid grid : map.grids()) {
      generator.buildings(grid, map.field());
    }
    return new Site(
        List.copyOf(generator.places),
        List.copyOf(generator.devices),
        People.of(generator.places),
        Beats.of(generator.places));
  }

  private void buildings(DistrictMap.Grid grid, HexField field) {
    int count = drawn(plan.buildingsPerGrid());
    int from = random.nextInt(grid.cells().length);
    double turn = random.nextDouble(Math.PI / 2);
    for (int i = 0; i < count; i++) {
      int cell = grid.cells()[(from + i) % grid.cells().length];
      building(grid.place(), field, cell, i + 1, turn);
    }
  }

  private void building(Place grid, HexField field, int cell, int number, double turn) {
    double reach = field.innerKm() * 0.45;
    double x = field.x(cell) + (random.nextDouble() - 0.5) * reach;
    double y = field.y(cell) + (random.nextDouble() - 0.5) * reach;
    double length = Math.min(reach, 0.05 + random.nextDouble() * 0.06);
    double width = Math.min(reach, 0.02 + random.nextDouble() * 0.025);
    int floors = 1 + (int) (11 * random.nextDouble() * random.nextDouble());
    String use = USES[random.nextInt(USES.length)];
    String code = String.format(Locale.ROOT, "%s-%05d", grid.code(), number);
    Place building =
        new Place(
            code,
            String.format(Locale.ROOT, "%s%02d号楼", grid.name(), number),
            String.format(Locale.ROOT, "%s building %02d", grid.nameEn(), number),
            Level.BUILDING,
            grid.code(),
            HexField.position(x, y),
            floors,
            List.of(rectangle(x, y, length, width, turn)));
    places.add(building);
    for (int floor = 1; floor <= floors; floor++) {
      places.add(
          new Place(
              floor(code, floor),
              building.name() + floor + "层",
              building.nameEn() + " floor " + floor,
              Level.FLOOR,
              code,
              building.at(),
              0,
              List.of()));
    }
    sensors(building, use);
  }

  private static List<Position> rectangle(
      double x, double y, double length, double width, double turn) {
    double cos = StrictMath.cos(turn) / 2;
    double sin = StrictMath.sin(turn) / 2;
    double ax = length * cos;
    double ay = length * sin;
    double bx = -width * sin;
    double by = width * cos;
    return List.of(
        HexField.position(x - ax - bx, y - ay - by),
        HexField.position(x + ax - bx, y + ay - by),
        HexField.position(x + ax + bx, y + ay + by),
        HexField.position(x - ax + bx, y - ay + by));
  }

  /** About two thirds smoke detectors, a fifth doors, the rest cameras. */
  private void sensors(Place building, String use) {
    for (int i = drawn(plan.devicesPerBuilding() * 0.65); i > 0; i--) {
      int floor = 1 + random.nextInt(building.floors());
      sensor("smoke", String.format(Locale.ROOT, "sm-%05d", ++smokes), building, floor, use);
    }
    for (int i = drawn(plan.devicesPerBuilding() * 0.21); i > 0; i--) {
      sensor("access", String.format(Locale.ROOT, "door-%05d", ++doors), building, 1, use);
    }
    for (int i = drawn(plan.devicesPerBuilding() * 0.14); i > 0; i--) {
      sensor("camera", String.format(Locale.ROOT, "cam-%05d", ++cameras), building, 1, use);
    }
  }

  private void sensor(String kind, String id, Place building, int floor, String use) {
    Position at =
        new Position(
            building.at().lon() + (random.nextDouble() - 0.5) * 1.5e-4,
            building.at().lat() + (random.nextDouble() - 0.5) * 1.5e-4);
    devices.add(new Sensor(id, kind, floor(building.code(), floor), at, Map.of("use", use)));
  }

  private static String floor(String building, int floor) {
    return building + "-F" + floor;
  }

  /** A whole number that is {@code mean} on average. */
  private int drawn(double mean) {
    return (int) (mean + random.nextDouble());
  }
}
