package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Smoke over MQTT, an incident on the screen, dispatched by a person's hand, seen to move. */
@ExtendWith(Chromium.Provider.class)
class DispatchTest {
  @TempDir Path data;
  private RunningGateway gateway;
  private Publisher detector;

  @BeforeEach
  void start() throws Exception {
    gateway = Town.gateway(data, Map.of("archive.kind", "questdb"));
    detector = new Publisher(gateway.gateway().mqttPort(), "sm-1");
  }

  @AfterEach
  void stop() throws Exception {
    detector.close();
    gateway.close();
  }

  private void smoke() {
    detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.9}}");
  }

  /** Of a priority that is not dispatched by itself. */
  private void intruder() {
    detector.publish("hologrid/v1/camera/cam-2", "{\"values\":{\"event\":\"intrusion\"}}");
  }

  private JsonNode onlyIncident() throws Exception {
    return gateway.api().all("/api/v1/incidents").getFirst();
  }

  @Test
  void an_operator_dispatches_by_clicks_and_everybody_sees_it_move(Chromium chromium)
      throws Exception {
    try (Visit operator = Visit.desk(chromium.browser(), gateway.api().base(), "zh-CN").at("/");
        Visit colleague =
            Visit.desk(chromium.browser(), gateway.api().base(), "zh-CN").at("/#/incidents")) {
      assertThat(operator.find("[data-incident-row]")).hasCount(0);

      intruder();
      operator.sees("[data-alert]");
      operator.click("[data-incident-row]");
      assertThat(operator.find(".drawer")).containsText("一号楼");
      fileWhenOnlyReported(operator);
      operator.click("[data-action=dispatch]");
      operator.find("form[data-command=dispatch] select[name=assignee]").selectOption("li");
      operator.click("form[data-command=dispatch] button[type=submit]");

      operator.sees("[data-incident][data-state=DISPATCHED]");
      operator.sees("[data-incident-row][data-state=DISPATCHED]");
      assertThat(colleague.find("[data-column='2'] [data-card]")).hasCount(1);
      assertThat(colleague.find("[data-column='2'] [data-card]")).containsText("李网格员");
      assertThat(onlyIncident().path("state").asText()).isEqualTo("DISPATCHED");
      assertThat(onlyIncident().path("assignee").path("id").asText()).isEqualTo("li");
    }
  }

  @Test
  void a_keyboard_is_enough(Chromium chromium) throws Exception {
    try (Visit operator = Visit.desk(chromium.browser(), gateway.api().base(), "en-US").at("/")) {
      intruder();
      operator.sees("[data-incident-row]");
      press(operator, "[data-incident-row] a");
      operator.sees("[data-incident]");
      assertThat(operator.find("#drawer-title")).isFocused();
      if (operator.find("[data-incident]").getAttribute("data-state").equals("REPORTED")) {
        press(operator, "[data-action=file]");
        press(operator, "form[data-command=file] button[type=submit]");
        operator.sees("[data-incident][data-state=FILED]");
      }
      press(operator, "[data-action=dispatch]");
      Locator assignee = operator.find("form[data-command=dispatch] select[name=assignee]");
      tabTo(operator, assignee);
      operator.page().keyboard().press("ArrowDown");
      assertThat(assignee).hasValue("li");
      press(operator, "form[data-command=dispatch] button[type=submit]");

      operator.sees("[data-incident][data-state=DISPATCHED]");
      operator.page().keyboard().press("Escape");
      operator.doesNotSee(".drawer");
      assertThat(operator.find("[data-incident-row] a")).isFocused();
      assertThat(onlyIncident().path("state").asText()).isEqualTo("DISPATCHED");
    }
  }

  @Test
  void several_are_filed_and_dispatched_at_once_and_found_as_mine(Chromium chromium)
      throws Exception {
    intruder();
    detector.publish("hologrid/v1/access/door-1", "{\"values\":{\"event\":\"door_forced\"}}");
    detector.publish("hologrid/v1/camera/cam-1", "{\"values\":{\"event\":\"intrusion\"}}");
    Await.until("three incidents", () -> gateway.api().all("/api/v1/incidents").size() == 3);
    try (Visit desk =
        Visit.desk(chromium.browser(), gateway.api().base(), "en-US").at("/#/incidents")) {
      desk.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("List").setExact(true))
          .click();
      desk.find("select[name=category-filter]").selectOption("INTRUSION");
      assertThat(desk.find("[data-incident-row]")).hasCount(2);
      desk.find(".bulk input[type=checkbox]").check();
      desk.click("[data-bulk=file]");
      assertThat(desk.find("[data-incident-row][data-state=FILED]")).hasCount(2);
      desk.find(".bulk input[type=checkbox]").check();
      desk.find(".bulk select").selectOption("fire");
      desk.click("[data-bulk=dispatch]");
      assertThat(desk.find("[data-incident-row][data-state=DISPATCHED]")).hasCount(2);

      desk.find("select[name=category-filter]").selectOption("");
      assertThat(desk.find("[data-incident-row]")).hasCount(3);
      desk.find(".actor select").selectOption("fire");
      desk.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mine").setExact(true))
          .click();
      assertThat(desk.find("[data-incident-row]")).hasCount(2);
    }
  }

  @Test
  void an_alert_says_why_it_fired_and_shows_the_history(Chromium chromium) throws Exception {
    try (Visit operator = Visit.desk(chromium.browser(), gateway.api().base(), "en-US").at("/")) {
      smoke();
      Await.until("the archive to have it", () -> archived() >= 1);
      operator.click("[data-alert] a");
      assertThat(operator.find(".because")).containsText("0.9");
      assertThat(operator.find(".chart .plot")).not().hasAttribute("data-points", "0");
      operator.sees(".chart canvas");
    }
  }

  private int archived() throws Exception {
    return gateway
        .api()
        .get("/api/v1/readings?device=sm-1&metric=obscuration")
        .path("points")
        .size();
  }

  private static void fileWhenOnlyReported(Visit operator) {
    operator.sees("[data-incident] [data-action]");
    if (operator.find("[data-incident]").getAttribute("data-state").equals("REPORTED")) {
      operator.click("[data-action=file]");
      operator.click("form[data-command=file] button[type=submit]");
      operator.sees("[data-incident][data-state=FILED]");
    }
  }

  private static void press(Visit visit, String selector) {
    tabTo(visit, visit.find(selector).first());
    visit.page().keyboard().press("Enter");
  }

  /** Walks there by Tab alone, as somebody without a pointer does. */
  private static void tabTo(Visit visit, Locator target) {
    assertThat(target).isVisible();
    for (int presses = 0; presses < 120; presses++) {
      if ((boolean) target.evaluate("it => it === document.activeElement")) {
        return;
      }
      visit.page().keyboard().press("Tab");
    }
    throw new AssertionError("Tab does not lead to " + target);
  }
}
