package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The gateway goes away and comes back under an open page. */
@ExtendWith(Chromium.Provider.class)
class ReconnectTest {
  @TempDir Path data;

  @Test
  void the_page_says_so_and_catches_up_without_a_reload(Chromium chromium) throws Exception {
    RunningGateway before = Town.gateway(data, Map.of());
    int port = before.gateway().httpPort();
    try (Visit visit = Visit.desk(chromium.browser(), before.api().base(), "en-US").at("/")) {
      visit.page().evaluate("window.notReloaded = true");
      publish(before, "sm-1");
      visit.sees("[data-alert*='sm-1']");

      before.close();
      visit.sees(".link[data-link=reconnecting]");
      visit.sees("[data-alert*='sm-1']");

      try (RunningGateway after = Town.gateway(data, Map.of("http.port", String.valueOf(port)))) {
        publish(after, "sm-2");
        visit.isConnected();
        visit.sees("[data-alert*='sm-2']");
        assertThat(visit.find("[data-alert*='sm-1']")).hasCount(1);
        org.assertj.core.api.Assertions.assertThat(visit.page().evaluate("window.notReloaded"))
            .isEqualTo(true);
      }
    }
  }

  private static void publish(RunningGateway gateway, String device) throws Exception {
    try (Publisher detector = new Publisher(gateway.gateway().mqttPort(), device)) {
      detector.publish("hologrid/v1/smoke/" + device, "{\"values\":{\"obscuration\":0.9}}");
    }
  }
}
