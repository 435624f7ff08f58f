package dev.hologrid.gateway.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The system's Chromium, started once for all tests that ask for it. To be used by the thread that
 * runs the tests only.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Playwright playwright;
  private final Path program;
  private final Browser browser;

  private Chromium(Path program) {
    this.program = program;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser = launch();
  }

  Browser browser() {
    return browser;
  }

  /** Another one, as on a machine whose graphics cannot do 3D; the caller closes it. */
  Browser without3d() {
    return launch("--disable-3d-apis");
  }

  private Browser launch(String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--no-sandbox", // the tests may run as root
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--enable-unsafe-swiftshader"));
    flags.addAll(List.of(more));
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(flags));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** Hands it to tests; where no Chromium is installed they are skipped, with the reason. */
  static final class Provider implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace ROOM =
        ExtensionContext.Namespace.create(Chromium.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return installed()
          .map(found -> ConditionEvaluationResult.enabled("Chromium is " + found))
          .orElseGet(
              () ->
                  ConditionEvaluationResult.disabled(
                      "no Chromium on this machine; Debian: apt install chromium fonts-noto-cjk,"
                          + " elsewhere -Dhologrid.chromium=/path/to/it"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ROOM)
          .computeIfAbsent(
              Chromium.class, key -> new Chromium(installed().orElseThrow()), Chromium.class);
    }

    private static Optional<Path> installed() {
      String told = System.getProperty("hologrid.chromium", "");
      Stream<Path> candidates =
          told.isEmpty()
              ? NAMES.stream()
                  .flatMap(
                      name ->
                          Stream.of(System.getenv("PATH").split(File.pathSeparator))
                              .map(folder -> Path.of(folder, name)))
              : Stream.of(Path.of(told));
      return candidates.filter(Files::isExecutable).findFirst();
    }
  }
}
