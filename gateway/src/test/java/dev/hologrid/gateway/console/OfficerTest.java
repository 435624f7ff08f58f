package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** An officer with a phone in the street. */
@ExtendWith(Chromium.Provider.class)
class OfficerTest {
  @TempDir Path data;
  private RunningGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = Town.gateway(data, Map.of());
    try (Publisher detector = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.9}}");
    }
    Await.until("the grid's officer to have it", () -> !open().isEmpty() && assigned());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private java.util.List<JsonNode> open() throws Exception {
    return gateway.api().all("/api/v1/incidents?open=true");
  }

  private boolean assigned() throws Exception {
    return open().getFirst().path("assignee").path("id").asText().equals("li");
  }

  private String state() throws Exception {
    return gateway.api().all("/api/v1/incidents").getFirst().path("state").asText();
  }

  private Visit officer(Chromium chromium, String language) {
    Visit phone =
        Visit.phone(chromium.browser(), gateway.api().base(), language).plainlyAt("/mobile.html");
    phone.find(".who-am-i").selectOption("li");
    phone.sees("[data-job]");
    return phone;
  }

  @Test
  void accepts_checks_in_reports_back_and_the_dispatcher_sees_each_step(Chromium chromium)
      throws Exception {
    try (Visit desk =
            Visit.desk(chromium.browser(), gateway.api().base(), "zh-CN").at("/#/incidents");
        Visit phone = officer(chromium, "zh-CN")) {
      assertThat(phone.find("[data-job]")).containsText("一号楼");
      phone.fitsItsWidth();

      phone.click("[data-do=accept]");
      phone.sees("[data-job][data-state=HANDLING]");
      assertThat(desk.find("[data-column='3'] [data-card]")).hasCount(1);

      phone.click("[data-do=arrive]");
      assertThat(phone.find("[data-do=arrive]")).isEnabled();
      phone.click("[data-do=feedback]");
      phone.find("textarea[name=note]").fill("炒菜油烟,已通风");
      phone.click("form.command button[type=submit]");
      assertThat(desk.find("[data-column='4'] [data-card]")).hasCount(1);
      Await.until("the feedback to be kept", () -> state().equals("FEEDBACK"));

      desk.click("[data-column='4'] [data-card]");
      assertThat(desk.find(".timeline")).containsText("炒菜油烟,已通风");
      assertThat(desk.find(".timeline")).containsText("23.0331");
    }
  }

  @Test
  void what_was_done_without_a_network_is_sent_when_it_is_back(Chromium chromium) throws Exception {
    try (Visit phone = officer(chromium, "en-US")) {
      phone.offline(true);
      phone.click("[data-do=accept]");
      phone.sees("[data-outbox]");
      phone.sees("[data-job][data-state=HANDLING]");
      assertThat(state()).isEqualTo("DISPATCHED");

      phone.offline(false);
      Await.until("the acceptance to arrive", () -> phone.pumped(() -> state().equals("HANDLING")));
      phone.doesNotSee("[data-outbox]");
    }
  }
}
