package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.RunningGateway;
import dev.hologrid.simulator.officers.Officers;
import dev.hologrid.simulator.site.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's officers walk the rounds that are due, each one patrol after the other. */
class WalkingOfficersTest {
  private static final int ROUNDS = 30;
  private static final int POINTS = 3;
  private static final String GRID = "440605011001001";
  private static final List<Person> PEOPLE =
      List.of(
          new Person("dana", "d", List.of("dispatcher"), "440605", "1"),
          new Person("sun", "s", List.of("supervisor"), "440605", "4"),
          new Person("olga", "o", List.of("officer"), GRID, "2"),
          new Person("chen", "c", List.of("officer"), GRID, "3"));

  @TempDir Path data;

  @BeforeEach
  void site() throws IOException {
    Path site = Files.createDirectories(data.resolve("site"));
    Files.writeString(
        site.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.15,23.05,
        440605011,桂城街道,Guicheng,town,440605,113.15,23.05,
        440605011001,平洲社区,Pingzhou,community,440605011,113.15,23.05,
        440605011001001,第一网格,One,grid,440605011001,113.15,23.05,
        """);
    Files.writeString(
        site.resolve("places.geojson"),
        """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"440605011001001"},
          "geometry":{"type":"Polygon","coordinates":
            [[[113.14,23.04],[113.16,23.04],[113.16,23.06],[113.14,23.06],[113.14,23.04]]]}}]}
        """);
    Files.writeString(site.resolve("devices.csv"), "id,kind,place,lon,lat,labels\n");
    StringBuilder people = new StringBuilder("id,name,roles,scope,phone\n");
    for (Person each : PEOPLE) {
      people.append(
          "%s,%s,%s,%s,%s\n"
              .formatted(
                  each.id(), each.name(), each.roles().getFirst(), each.scope(), each.phone()));
    }
    Files.writeString(site.resolve("people.csv"), people);
    StringBuilder patrols = new StringBuilder("id,name,grid,officer,points,recurrence,from,to\n");
    for (int i = 0; i < ROUNDS; i++) {
      patrols.append(
          String.format(
              Locale.ROOT,
              "p%d,walk,%s,,a 113.145 23.05;b 113.15 23.05;c 113.155 23.05,every 1 2026-01-01,00:00,00:00\n",
              i,
              GRID));
    }
    Files.writeString(site.resolve("patrols.csv"), patrols);
  }

  @Test
  void walk_most_rounds_whole_leave_out_a_point_of_some_and_stay_away_from_others()
      throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      Await.until("the rounds", () -> rounds(gateway).size() == ROUNDS);
      // Another run of the simulator ended in mid-patrol; its patrol must not hold up this one.
      assertThat(gateway.api().postAs("olga", "/api/v1/patrols", "{\"plan\":\"p0\"}").statusCode())
          .isEqualTo(201);
      try (Officers officers =
          new Officers(URI.create(gateway.api().base()), PEOPLE, 1, Duration.ofMillis(1))) {
        officers.start();
        Await.until(
            "most rounds walked, by one officer after the other",
            Duration.ofSeconds(60),
            () -> rounds(gateway).stream().filter(each -> left(each) <= 1).count() >= ROUNDS / 2);
      }
      List<JsonNode> rounds = rounds(gateway);
      assertThat(rounds).filteredOn(each -> left(each) == 0).isNotEmpty();
      assertThat(rounds)
          .filteredOn(each -> left(each) == 0)
          .allMatch(each -> each.path("state").asText().equals("DONE"));
      Map<String, Integer> open = new HashMap<>();
      for (JsonNode each : gateway.api().all("/api/v1/patrols")) {
        assertThat(each.path("checkIns").findValuesAsText("verdict"))
            .allMatch("INSIDE"::equals)
            .hasSizeLessThanOrEqualTo(POINTS);
        if (each.path("endedAt").isNull()) {
          open.merge(each.path("officer").asText(), 1, Integer::sum);
        }
      }
      assertThat(open.values()).as("nobody is on two patrols").allMatch(each -> each == 1);
    }
  }

  private static int left(JsonNode round) {
    return round.path("points").asInt() - round.path("visited").asInt();
  }

  private static List<JsonNode> rounds(RunningGateway gateway) throws Exception {
    return gateway.api().all("/api/v1/patrol-rounds");
  }
}
