package dev.hologrid.simulator.district;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.simulator.site.Level;
import dev.hologrid.simulator.site.Place;
import dev.hologrid.simulator.site.Position;
import dev.hologrid.simulator.site.Sensor;
import dev.hologrid.simulator.site.Site;
import dev.hologrid.simulator.site.SiteReader;
import dev.hologrid.simulator.site.SiteWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistrictGeneratorTest {
  private static final Site DEMO = DistrictGenerator.generate(DistrictPlan.of("demo", 440605));

  @TempDir Path folder;

  @Test
  void the_demo_district_has_seven_towns_and_about_three_thousand_devices() {
    Map<Level, Long> counts =
        DEMO.places().stream().collect(Collectors.groupingBy(Place::level, Collectors.counting()));
    assertThat(counts)
        .containsEntry(Level.DISTRICT, 1L)
        .containsEntry(Level.TOWN, 7L)
        .containsEntry(Level.COMMUNITY, 70L)
        .containsEntry(Level.GRID, 280L)
        .containsEntry(Level.BUILDING, 1400L);
    assertThat(DEMO.devices()).hasSizeBetween(2700, 3300);
  }

  @Test
  void the_full_district_has_the_real_number_of_communities() {
    Site full = DistrictGenerator.generate(DistrictPlan.of("full", 1));
    assertThat(full.places().stream().filter(p -> p.level() == Level.COMMUNITY)).hasSize(307);
    assertThat(full.devices()).hasSizeGreaterThan(45_000);
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_seed_does_not() throws Exception {
    assertThat(written(440605, "first")).isEqualTo(written(440605, "second"));
    assertThat(written(440605, "third")).isNotEqualTo(written(7, "fourth"));
  }

  @Test
  void every_level_covers_the_same_ground() {
    double district = covered(Level.DISTRICT);
    for (Level level : List.of(Level.TOWN, Level.COMMUNITY, Level.GRID)) {
      assertThat(covered(level))
          .isCloseTo(district, org.assertj.core.data.Percentage.withPercentage(1e-6));
    }
  }

  @Test
  void every_place_has_its_parent_and_every_building_stands_in_its_grid() {
    Map<String, Place> byCode =
        DEMO.places().stream().collect(Collectors.toMap(Place::code, Function.identity()));
    for (Place place : DEMO.places()) {
      if (place.level() != Level.DISTRICT) {
        Place parent = byCode.get(place.parent());
        assertThat(parent).as(place.code()).isNotNull();
        assertThat(parent.level().ordinal()).isEqualTo(place.level().ordinal() - 1);
        assertThat(place.code()).startsWith(parent.code());
      }
      if (place.level() == Level.BUILDING) {
        List<Position> grid = byCode.get(place.parent()).rings().getFirst();
        assertThat(place.rings().getFirst()).as(place.code()).allMatch(at -> contains(grid, at));
      }
    }
    for (Sensor device : DEMO.devices()) {
      assertThat(byCode.get(device.place()).level()).isEqualTo(Level.FLOOR);
    }
  }

  @Test
  void what_is_written_is_read_back() throws Exception {
    SiteWriter.write(DEMO, folder);
    Site read = SiteReader.read(folder);
    assertThat(read.people()).isEqualTo(DEMO.people());
    assertThat(read.places()).extracting(Place::code).isEqualTo(codes());
    assertThat(read.devices()).extracting(Sensor::id).hasSameSizeAs(DEMO.devices());
    assertThat(read.devices().getFirst().labels()).isEqualTo(DEMO.devices().getFirst().labels());
  }

  private static List<String> codes() {
    return DEMO.places().stream().map(Place::code).toList();
  }

  private String written(long seed, String name) throws Exception {
    Path into = folder.resolve(name);
    SiteWriter.write(DistrictGenerator.generate(DistrictPlan.of("0.05", seed)), into);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    for (String file : List.of("places.csv", "places.geojson", "devices.csv", "people.csv")) {
      hash.update(Files.readAllBytes(into.resolve(file)));
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private static double covered(Level level) {
    return DEMO.places().stream()
        .filter(place -> place.level() == level)
        .flatMap(place -> place.rings().stream())
        .mapToDouble(DistrictGeneratorTest::area)
        .sum();
  }

  private static double area(List<Position> ring) {
    double sum = 0;
    Position last = ring.getLast();
    for (Position each : ring) {
      sum += last.lon() * each.lat() - each.lon() * last.lat();
      last = each;
    }
    return sum / 2;
  }

  private static boolean contains(List<Position> ring, Position at) {
    boolean inside = false;
    Position a = ring.getLast();
    for (Position b : ring) {
      if (a.lat() > at.lat() != b.lat() > at.lat()
          && at.lon()
              < (b.lon() - a.lon()) * (at.lat() - a.lat()) / (b.lat() - a.lat()) + a.lon()) {
        inside = !inside;
      }
      a = b;
    }
    return inside;
  }
}
