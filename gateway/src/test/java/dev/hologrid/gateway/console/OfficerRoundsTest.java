package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Geolocation;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.RunningGateway;
import dev.hologrid.gateway.testing.ShiftedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An officer who walks a round by the phone, misses a part of it and makes up for it. */
@ExtendWith(Chromium.Provider.class)
class OfficerRoundsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Geolocation MARKET = new Geolocation(23.05, 113.145);
  private static final Geolocation GATE = new Geolocation(23.055, 113.145);
  private static final Geolocation ELSEWHERE = new Geolocation(23.0331, 113.1471);

  /** The window that the round has is over for the machine's clock. */
  private final ShiftedClock clock = new ShiftedClock(Duration.ofHours(-3));

  @TempDir Path data;
  private RunningGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway =
        RunningGateway.in(data, Settings.none(Map.of()), Town.settings(data, Map.of()), clock);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    done(
        "/api/v1/patrol-plans",
        """
        {"name":"早巡","grid":"440605011001001","officer":"li","points":[
          {"name":"market","lon":113.145,"lat":23.05},{"name":"gate","lon":113.145,"lat":23.055}]}
        """);
    String plan =
        gateway.api().get("/api/v1/patrol-plans").path("items").get(0).path("id").asText();
    done(
        "/api/v1/patrol-schedules",
        "{\"plan\":\"%s\",\"recurrence\":{\"kind\":\"every\"},\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(plan, time(now), time(now.plus(Duration.ofHours(2)))));
    Await.until("a round", () -> !gateway.api().all("/api/v1/patrol-rounds").isEmpty());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static String time(Instant at) {
    return LocalTime.ofInstant(at, ZONE).truncatedTo(ChronoUnit.MINUTES).toString();
  }

  private void done(String path, String body) throws Exception {
    assertThat(gateway.api().post(path, body).statusCode()).isEqualTo(201);
  }

  private JsonNode round() throws Exception {
    return gateway.api().all("/api/v1/patrol-rounds").getFirst();
  }

  private void waits(Visit phone, String what, String state, int visited) throws Exception {
    Await.until(
        what,
        () ->
            phone.pumped(
                () ->
                    round().path("state").asText().equals(state)
                        && round().path("visited").asInt() == visited));
  }

  @Test
  void is_begun_checked_in_missed_and_made_up_for(Chromium chromium) throws Exception {
    try (Visit phone = Visit.phone(chromium.browser(), gateway.api().base(), "en-US")) {
      phone.page().context().setGeolocation(ELSEWHERE);
      phone.plainlyAt("/mobile.html").find(".who-am-i").selectOption("li");
      Locator card = phone.find("[data-round]");
      assertThat(card).hasAttribute("data-state", "DUE");
      assertThat(card).containsText("早巡");
      assertThat(card).containsText("0 of 2 visited");
      assertThat(card.locator("[data-missing]")).containsText("market (1.9 km)");
      phone.fitsItsWidth();

      phone.click("[data-do=begin]");
      phone.click("[data-do=here]");
      assertThat(phone.find(".toasts")).containsText("does not count");
      assertThat(round().path("visited").asInt()).isZero();

      phone.page().context().setGeolocation(MARKET);
      assertThat(card.locator("[data-missing]")).containsText("market (0 m)");
      phone.click("[data-do=here]");
      assertThat(card).containsText("1 of 2 visited");
      assertThat(card.locator("[data-missing]")).containsText("gate");
      assertThat(card.locator("[data-missing]")).not().containsText("market");
      phone.click("[data-do=end]");
      assertThat(phone.find("[data-do=begin]")).hasText("Begin patrol");

      clock.shift(Duration.ZERO);
      waits(phone, "the window is over", "MISSED", 1);
      assertThat(card).hasAttribute("data-state", "MISSED");
      assertThat(card).containsText("may be made up for until");
      assertThat(phone.find("[data-do=begin]")).hasText("Make up for it");
      phone.fitsItsWidth();

      phone.page().context().setGeolocation(GATE);
      assertThat(card.locator("[data-missing]")).containsText("gate (0 m)");
      phone.click("[data-do=begin]");
      phone.click("[data-do=here]");
      waits(phone, "it is made up for", "LATE", 2);
      assertThat(card).hasCount(0);
      phone.click("[data-do=end]");
      assertThat(phone.find(".rounds")).hasCount(0);
      assertThat(gateway.api().all("/api/v1/patrols"))
          .hasSize(2)
          .allMatch(each -> !each.path("endedAt").isNull());
    }
  }
}
