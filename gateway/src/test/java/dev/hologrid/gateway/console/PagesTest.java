package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page: for everybody, in both languages, on every screen, with whatever names there are. */
@ExtendWith(Chromium.Provider.class)
class PagesTest {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/#/alerts",
          "/#/incidents",
          "/#/patrols",
          "/#/devices",
          "/#/indicators",
          "/#/rules",
          "/#/quarantine",
          "/#/hygiene",
          "/#/health");

  @TempDir static Path data;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = Town.gateway(data, Map.of("archive.kind", "questdb"));
    try (Publisher device = new Publisher(gateway.gateway().mqttPort(), "device")) {
      device.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.9}}");
      device.publish("hologrid/v1/smoke/sm-2", "{\"values\":{\"obscuration\":0.9}}");
      device.publish("hologrid/v1/camera/cam-1", "{\"values\":{\"event\":\"intrusion\"}}");
      device.publish("hologrid/v1/access/door-1", "{\"values\":{\"event\":\"<b>bold</b>\"}}");
      device.publish(
          "hologrid/v1/smoke/sm-9",
          ("{" + Town.SCRIPT + Town.IMAGE).getBytes(StandardCharsets.UTF_8),
          1);
    }
    gateway
        .api()
        .post(
            "/api/v1/incidents",
            "{\"category\":\"ORDER_WASTE\",\"place\":\"b-2\",\"title\":\"<script>alert(2)</script>\"}");
    gateway
        .api()
        .post(
            "/api/v1/patrol-plans",
            "{\"name\":\"night walk\",\"grid\":\"440605011001001\",\"officer\":\"li\",\"points\":["
                + "{\"name\":\"market\",\"lon\":113.1,\"lat\":23.0}]}");
    String plan =
        gateway.api().get("/api/v1/patrol-plans").path("items").get(0).path("id").asText();
    gateway
        .api()
        .post(
            "/api/v1/patrol-schedules",
            "{\"plan\":\""
                + plan
                + "\",\"recurrence\":{\"kind\":\"every\"},\"from\":\"00:00\",\"to\":\"00:00\"}");
    Await.until("a round", () -> gateway.api().all("/api/v1/patrol-rounds").size() == 1);
    Await.until("four incidents", () -> gateway.api().all("/api/v1/incidents").size() >= 4);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String base() {
    return gateway.api().base();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh-CN", "en-US"})
  void fit_desk_and_phone(String language, Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), language);
        Visit phone = Visit.phone(chromium.browser(), base(), language)) {
      for (String path : PAGES) {
        desk.at(path).fitsItsWidth();
        phone.at(path).fitsItsWidth();
      }
      phone.at("/#/incidents").click("[data-card] >> nth=0");
      phone.sees("[data-incident]");
      phone.fitsItsWidth();
    }
  }

  @Test
  void are_accessible(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "zh-CN");
        Visit phone = Visit.phone(chromium.browser(), base(), "zh-CN")) {
      for (String path : PAGES) {
        isAccessible(desk.at(path));
      }
      desk.at("/#/incidents").click("[data-card] >> nth=0");
      desk.click("[data-incident] [data-action] >> nth=0");
      isAccessible(desk);
      desk.at("/#/alerts").click("[data-alert] a >> nth=0");
      desk.sees(".because");
      isAccessible(desk);
      isAccessible(desk.at("/wall.html"));
      isAccessible(phone.at("/#/incidents"));
      phone.plainlyAt("/mobile.html").find(".who-am-i").selectOption("li");
      phone.sees("[data-job]");
      phone.fitsItsWidth();
      isAccessible(phone);
    }
  }

  private static void isAccessible(Visit visit) {
    List<String> violations =
        new AxeBuilder(visit.page())
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .stream()
                .map(PagesTest::said)
                .toList();
    assertThat(violations).as("accessibility of %s", visit.page().url()).isEmpty();
  }

  private static String said(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes().getFirst().getHtml();
  }

  @Test
  void show_hostile_names_as_text(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "zh-CN")) {
      for (String path : PAGES) {
        desk.at(path);
        assertThat(desk.page()).not().hasTitle("taken");
        desk.doesNotSee("img[src=x]");
        desk.doesNotSee("#app script");
      }
      desk.at("/");
      assertThat(desk.find(".panel.alerts")).containsText(Town.SCRIPT);
      assertThat(desk.find(".panel.alerts")).containsText(Town.BACKWARDS);
      assertThat(desk.find(".panel.incidents")).containsText("<script>alert(2)</script>");
      desk.at("/#/quarantine");
      assertThat(desk.find("table")).containsText("onerror=alert(1)");
    }
  }

  @Test
  void measure_the_alerts_against_what_people_can_take(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/#/hygiene")) {
      desk.sees("[data-measure=load][data-verdict]");
      assertThat(desk.find("[data-unreachable]")).containsText("1 of 5 on duty hears");
      assertThat(desk.find("[data-unreachable]")).containsText("督办员");
      assertThat(desk.find("[data-standing=smoke-alarm] td").nth(1)).hasText("2");
      desk.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("By device"))
          .click();
      desk.click("[data-standing=sm-1] a");
      assertThat(desk.find("#drawer-title")).hasText("sm-1");
    }
  }

  @Test
  void show_which_patrols_are_due_and_let_one_be_excused(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/#/patrols")) {
      Locator round = desk.find("[data-round]");
      assertThat(round).hasAttribute("data-state", "DUE");
      assertThat(round).containsText("market");
      desk.click("[data-round] button");
      desk.find("[data-round] input").fill("typhoon");
      desk.click("[data-round] button[type=submit]");
      assertThat(round).hasAttribute("data-state", "EXCUSED");
      assertThat(round).containsText("typhoon");
      desk.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Schedules"))
          .click();
      assertThat(desk.find("[data-schedule]")).containsText("every day");
    }
  }

  @Test
  void show_how_the_district_does(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/#/indicators")) {
      assertThat(desk.find("[data-indicator=reported] b")).not().hasText("0");
      assertThat(desk.find("[data-indicator=inGridClosureRate]"))
          .containsText("closed in the grid");
      desk.click("[data-group='440605011'] a");
      desk.sees("[data-group='440605011001']");
      desk.click("[data-group='440605011001'] a");
      desk.sees("[data-group='440605011001001']");
      button(desk, "By category");
      assertThat(desk.find("[data-group=FIRE_SMOKE] td").nth(1)).hasText("2");
      button(desk, "By officer");
      isAccessible(desk);
    }
  }

  @Test
  void try_rules_on_what_was_recorded(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/#/rules")) {
      desk.click("[data-rule=smoke-alarm] summary");
      assertThat(desk.find("[data-rule=smoke-alarm] pre")).containsText("alert: smoke-alarm");
      desk.click("[data-rule=smoke-alarm] .button");
      button(desk, "Run");
      assertThat(desk.find("[data-tally=smoke-alarm] td").nth(3)).hasText("2");
      isAccessible(desk);
      Locator text = desk.find("#tried");
      text.fill(text.inputValue().replace("obscuration", "obscuraton"));
      button(desk, "Run");
      assertThat(desk.find("pre[role=alert]")).containsText("did you mean 'obscuration'?");
      isAccessible(desk);
    }
  }

  @Test
  void silence_for_a_while(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/#/rules")) {
      button(desk, "Silences");
      desk.find("[name=devices]").fill("door-1");
      desk.find("[name=comment]").fill("the lock is being mended");
      button(desk, "Silence");
      assertThat(desk.find("[data-silence]")).containsText("door-1");
      isAccessible(desk);
      button(desk, "End it");
      assertThat(desk.find("[data-silence]")).hasCount(0);
    }
  }

  private static void button(Visit desk, String name) {
    desk.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  @Test
  void speak_chinese_and_english_and_remember_which(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "zh-CN").at("/")) {
      assertThat(desk.find("html")).hasAttribute("lang", "zh-CN");
      assertThat(desk.find("h1")).containsText("全息网格");
      desk.click(".language");
      assertThat(desk.find("html")).hasAttribute("lang", "en");
      Locator incidents =
          desk.page()
              .getByRole(
                  AriaRole.LINK, new Page.GetByRoleOptions().setName("Incidents").setExact(true));
      assertThat(incidents).isVisible();
      desk.page().reload();
      assertThat(incidents).isVisible();
    }
  }

  @Test
  void colour_grids_and_buildings_by_their_state(Chromium chromium) {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/")) {
      desk.sees("[data-place='440605011'] .mark");
      desk.click("[data-place='440605011']");
      desk.click("[data-place='440605011001']");
      desk.sees("[data-place='440605011001001'] .mark");
      desk.click("[data-place='440605011001001']");
      desk.sees("[data-place='b-1'] .mark.critical, [data-place='b-1'] .mark.major");
      assertThat(desk.find("[data-alert]")).hasCount(1);
    }
  }

  @Test
  void do_without_3d_where_there_is_none(Chromium chromium) {
    try (Browser browser = chromium.without3d();
        Visit desk = Visit.desk(browser, base(), "en-US").at("/")) {
      desk.sees("canvas.map");
      desk.click(".plan .chip");
      assertThat(desk.find(".disclaimer")).containsText("WebGL");
      desk.sees("canvas.map");
    }
  }

  @Test
  void are_light_and_are_not_fetched_twice(Chromium chromium) throws Exception {
    try (Visit desk = Visit.desk(chromium.browser(), base(), "en-US").at("/")) {
      Object sizes =
          desk.page()
              .evaluate(
                  "performance.getEntriesByType('resource').filter(r =>"
                      + " /\\.(js|css)$/.test(r.name)).map(r => [r.name, r.encodedBodySize])");
      int total = 0;
      for (Object each : (List<?>) sizes) {
        String name = (String) ((List<?>) each).getFirst();
        total += ((Number) ((List<?>) each).getLast()).intValue();
        assertThat(whenKnown(name)).as("a second visit, %s", name).isEqualTo(304);
      }
      assertThat(total)
          .as("bytes of scripts and styles, as sent, before anything is clicked")
          .isBetween(1, 80_000);
    }
  }

  /** The status that a browser gets which asks again with the tag it was given. */
  private static int whenKnown(String url) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    String tag =
        client
            .send(request.build(), HttpResponse.BodyHandlers.discarding())
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    return client
        .send(request.header("If-None-Match", tag).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
