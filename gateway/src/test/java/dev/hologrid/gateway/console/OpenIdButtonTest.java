package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.OpenIdProvider;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The button of signing in by an OpenID provider, pressed in a browser. The gateway is {@code
 * localhost} there and the provider 127.0.0.1: two sites, as in a district, so that the browser
 * decides about cookies as it does there.
 */
@ExtendWith(Chromium.Provider.class)
class OpenIdButtonTest {
  private static final String SECRET = "a-secret-of-the-client-0123456789";

  @TempDir Path folder;

  private final int port = OpenIdProvider.freePort();
  private final String base = "http://localhost:" + port;

  private RunningGateway gateway(String issuer) throws Exception {
    String yaml =
        """
        openid:
          issuer: %s
          client-id: hologrid
          base-url: %s
          label: {zh: 南海区统一认证, en: District account}
          roles-claim: groups
          roles:
            - {value: dispatch, role: dispatcher}
          area: "440605"
        """
            .formatted(issuer, base);
    Map<String, String> more = new HashMap<>(Town.settings(folder, Map.of()));
    more.put("http.port", String.valueOf(port));
    more.put("http.mode", "password");
    return RunningGateway.in(
        folder.resolve("data"),
        Settings.parse("hologrid.yaml", yaml, Map.of("HOLOGRID_OPENID_CLIENT_SECRET", SECRET)),
        more);
  }

  private OpenIdProvider provider() throws Exception {
    assumeTrue(OpenIdProvider.installed(), "install Node 20 or newer with npm");
    return OpenIdProvider.of(folder.resolve("provider"), base, SECRET)
        .people(Map.of("lin", person("林华", "dispatch"), "guest", person("来宾", "visitors")))
        .start();
  }

  private static Map<String, Object> person(String name, String group) {
    return Map.of("name", name, "groups", List.of("everybody", group));
  }

  /** Goes through the provider's own pages: who one is first, then what the gateway may know. */
  private static void signInThere(Visit desk, String subject) {
    desk.find("input[name=login]").fill(subject);
    desk.find("input[name=password]").fill("any");
    press(desk, "Sign-in");
    assertThat(desk.find("input[name=prompt]")).hasAttribute("value", "consent");
    press(desk, "Continue");
  }

  private static void press(Visit desk, String name) {
    button(desk, name).click();
  }

  private static Locator button(Visit desk, String name) {
    return desk.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  @Test
  void a_person_presses_the_button_works_and_signs_out_of_both(Chromium chromium) throws Exception {
    try (OpenIdProvider provider = provider();
        RunningGateway running = gateway(provider.issuer());
        Visit desk = Visit.desk(chromium.browser(), base, "zh-CN").mayGoTo(provider.issuer())) {
      desk.plainlyAt("/#/incidents");
      assertThat(desk.find("[data-openid]")).hasText("南海区统一认证");
      desk.doesNotSee("[role=alert]");

      desk.click("[data-openid]");
      signInThere(desk, "lin");

      assertThat(desk.page()).hasURL(base + "/#/incidents");
      desk.sees("[data-ready=true]");
      desk.isConnected();
      assertThat(button(desk, "林华")).isVisible();
      holdsOneSessionOutOfReachOfScripts(desk);

      press(desk, "林华");
      press(desk, "Yes, sign me out");
      assertThat(desk.page()).hasURL(base + "/");
      assertThat(desk.find("[data-openid]")).isVisible();

      desk.click("[data-openid]");
      assertThat(desk.find("input[name=login]")).isVisible();
    }
  }

  private void holdsOneSessionOutOfReachOfScripts(Visit desk) {
    assertThat(desk.page().context().cookies(base))
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.name).isEqualTo("__Host-hologrid");
              assertThat(cookie.httpOnly).isTrue();
              assertThat(cookie.secure).isTrue();
              assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            });
    assertThat(desk.page().evaluate("document.cookie + JSON.stringify(sessionStorage)"))
        .isEqualTo("{}");
    assertThat((String) desk.page().evaluate("JSON.stringify(localStorage)"))
        .doesNotContain("eyJ", "token");
  }

  @Test
  void a_person_without_a_role_is_told_why_and_finds_the_way_back(Chromium chromium)
      throws Exception {
    try (OpenIdProvider provider = provider();
        RunningGateway running = gateway(provider.issuer());
        Visit desk = Visit.desk(chromium.browser(), base, "zh-CN").mayGoTo(provider.issuer())) {
      desk.plainlyAt("/").click("[data-openid]");
      signInThere(desk, "guest");

      assertThat(desk.find("h1")).containsText("未能登录");
      assertThat(desk.find("code")).hasText("NO_ROLE");
      assertThat(desk.find("body")).containsText("您的账号在本系统没有角色");
      assertThat(desk.find("body")).containsText("Your account has no role here");
      assertThat(desk.page().context().cookies(base)).isEmpty();

      assertThat(desk.find("a").first()).hasAttribute("href", "/api/v1/openid/login?anew=true");
      desk.click("a[href='/']");
      assertThat(desk.find("[data-openid]")).isVisible();
    }
  }

  @Test
  void the_button_says_when_the_provider_is_away_and_leaves_the_passwords(Chromium chromium)
      throws Exception {
    try (RunningGateway running = gateway("http://127.0.0.1:1/none");
        Visit desk = Visit.desk(chromium.browser(), running.api().base(), "en-US")) {
      desk.plainlyAt("/");
      assertThat(desk.find("[data-openid]")).isVisible();
      assertThat(desk.find("[role=alert]")).containsText("cannot be reached");
      assertThat(desk.find("[autocomplete=username]")).isVisible();
    }
  }
}
