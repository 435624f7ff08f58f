package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.OpenIdProvider;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page of signing in offers where an OpenID provider is set. */
@ExtendWith(Chromium.Provider.class)
class OpenIdButtonTest {
  private static final String SECRET = "a-secret-of-the-client-0123456789";

  @TempDir Path folder;

  private RunningGateway gateway(String issuer, int port) throws Exception {
    String yaml =
        """
        openid:
          issuer: %s
          client-id: hologrid
          base-url: http://127.0.0.1:%d
          label: {zh: 南海区统一认证, en: District account}
          roles-claim: groups
          roles:
            - {value: dispatch, role: dispatcher}
          area: "440605"
        """
            .formatted(issuer, port);
    Map<String, String> more = new HashMap<>(Town.settings(folder, Map.of()));
    more.put("http.port", String.valueOf(port));
    more.put("http.mode", "password");
    return RunningGateway.in(
        folder.resolve("data"),
        Settings.parse("hologrid.yaml", yaml, Map.of("HOLOGRID_OPENID_CLIENT_SECRET", SECRET)),
        more);
  }

  @Test
  void the_button_says_when_the_provider_is_away_and_leaves_the_passwords(Chromium chromium)
      throws Exception {
    int port = OpenIdProvider.freePort();
    try (RunningGateway running = gateway("http://127.0.0.1:1/none", port);
        Visit desk = Visit.desk(chromium.browser(), running.api().base(), "en-US")) {
      desk.plainlyAt("/");
      assertThat(desk.find("[data-openid]")).isVisible();
      assertThat(desk.find("[role=alert]")).containsText("cannot be reached");
      assertThat(desk.find("[autocomplete=username]")).isVisible();
    }
  }
}
