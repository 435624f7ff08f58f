package dev.hologrid.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One person at one browser window. Whatever is tested with it, closing it asserts that the pages
 * asked no other host for anything, threw nothing and broke no rule of their content security
 * policy.
 */
final class Visit implements AutoCloseable {
  private static final double PATIENCE_MS = 30_000;

  private final String base;
  private final BrowserContext context;
  private final Page page;
  private final List<String> foreign = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private @Nullable String elsewhere;

  private Visit(Browser browser, String base, Browser.NewContextOptions options) {
    this.base = base;
    this.context = browser.newContext(options.setTimezoneId("Asia/Shanghai"));
    this.context.setDefaultTimeout(PATIENCE_MS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    this.context.route(
        url -> !url.startsWith(base) && !url.startsWith("data:") && !url.startsWith("blob:"),
        route -> {
          Request request = route.request();
          boolean left =
              elsewhere(request.isNavigationRequest() ? request.url() : request.frame().url());
          if (left && elsewhere(request.url())) {
            route.resume();
            return;
          }
          if (!left) {
            foreign.add(request.url());
          }
          route.abort();
        });
    this.page = context.newPage();
    page.onPageError(error -> faults.add("threw: " + error));
    page.onDialog(
        dialog -> {
          faults.add("opened a dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            faults.add("logged: " + message.text());
          }
        });
  }

  /** At a desk, 1440 × 900. */
  static Visit desk(Browser browser, String base, String language) {
    return new Visit(
        browser,
        base,
        new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale(language));
  }

  /** On a phone, 390 × 844, in the middle of Nanhai. */
  static Visit phone(Browser browser, String base, String language) {
    return new Visit(
        browser,
        base,
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true)
            .setLocale(language)
            .setGeolocation(23.0331, 113.1471)
            .setPermissions(List.of("geolocation")));
  }

  /**
   * Lets the person leave for another server, an OpenID provider for example. Our own pages still
   * may ask nothing of it; what its pages ask of third hosts stays unanswered and is not held
   * against ours.
   *
   * @param base where it is, without a path
   */
  Visit mayGoTo(String base) {
    elsewhere = base;
    return this;
  }

  private boolean elsewhere(String url) {
    return elsewhere != null && url.startsWith(elsewhere + "/");
  }

  Page page() {
    return page;
  }

  /** Goes to a page of the console and waits until it shows the present picture, live. */
  Visit at(String path) {
    Response response = page.navigate(base + path);
    if (response != null) { // null: only the fragment changed
      assertThat(response.headers().get("content-security-policy"))
          .as("content security policy of %s", path)
          .contains("default-src 'none'")
          .contains("script-src 'self'");
    }
    assertThat(page.locator("[data-ready=true]")).isVisible();
    isConnected();
    return this;
  }

  /** Goes to a page that is not the console. */
  Visit plainlyAt(String path) {
    page.navigate(base + path);
    page.waitForLoadState(LoadState.LOAD);
    return this;
  }

  void isConnected() {
    assertThat(page.locator(".link[data-link=connected]")).isVisible();
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  void click(String selector) {
    page.locator(selector).click();
  }

  void sees(String selector) {
    assertThat(page.locator(selector).first()).isVisible();
  }

  void doesNotSee(String selector) {
    assertThat(page.locator(selector)).hasCount(0);
  }

  void offline(boolean cut) {
    context.setOffline(cut);
  }

  /** Asks for a condition while the browser's events go on being handled. */
  boolean pumped(Callable<Boolean> condition) throws Exception {
    page.waitForTimeout(20);
    return condition.call();
  }

  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "console", name + ".png")));
  }

  /** A page wider than its window scrolls sideways, which nobody can use on a phone. */
  void fitsItsWidth() {
    assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels that %s is too wide", page.url())
        .isLessThanOrEqualTo(0);
  }

  @Override
  public void close() {
    if (!faults.isEmpty()) {
      picture("fault");
    }
    context.close();
    assertThat(foreign).as("asked of other hosts").isEmpty();
    assertThat(faults).as("went wrong in the page").isEmpty();
  }
}
