package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.backtest.BacktestReport;
import dev.hologrid.gateway.backtest.BacktestRun;
import dev.hologrid.gateway.backtest.Backtests;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.testing.AlertSpan;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What rules would have raised on what was recorded. */
final class BacktestResource implements Resource {
  private static final int RULE_TEXT = 200_000;
  private static final int LISTED = 500;
  private static final long DAY_MS = 86_400_000;

  private final Backtests backtests;
  private final Supplier<List<Component>> components;
  private final DeviceRegistry devices;
  private final Clock clock;
  private final Scopes scopes;

  BacktestResource(HttpParts parts, Scopes scopes) {
    this.backtests = parts.records().backtests();
    this.components = parts.server().components();
    this.devices = parts.area().devices();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("backtestRules", this::run);
  }

  private Future<Answer> run(Call call) {
    Body body = call.body();
    body.only(Set.of("rules", "file", "from", "to"));
    String text = body.text("rules", RULE_TEXT);
    List<RuleFile> files = files(text, body.textOrNull("file"));
    long now = clock.millis();
    long to = body.moment("to", now);
    long from = body.moment("from", to - DAY_MS);
    if (from >= to) {
      throw Refused.badRequest("from", "from must be before to");
    }
    Person viewer = call.person();
    return call.off(
        () -> {
          RuleSet rules = load(files);
          try {
            BacktestReport report =
                backtests.run(
                    rules,
                    new BacktestRun.Span(from, to, null),
                    new BacktestRun.Choice(false, each -> sees(viewer, each)));
            return Answer.json(report.json(LISTED));
          } catch (Backtests.Busy e) {
            throw new Refused(
                Problem.of(503, "another back-test runs; try again in a few seconds"),
                Map.of("Retry-After", "5"));
          }
        });
  }

  /**
   * The text alone, or in place of a file of those that run.
   *
   * @param replaced the name of that file
   */
  private List<RuleFile> files(String text, @Nullable String replaced) {
    if (replaced == null) {
      return List.of(new RuleFile("rules.yaml", text));
    }
    Alerting alerting = Alerting.among(components.get());
    Map<String, String> running = alerting == null ? Map.of() : alerting.files();
    if (!running.containsKey(replaced)) {
      throw Refused.badRequest(
          "file", "no file of that name runs; those that do are " + running.keySet());
    }
    return running.entrySet().stream()
        .map(
            each ->
                new RuleFile(
                    each.getKey(), each.getKey().equals(replaced) ? text : each.getValue()))
        .toList();
  }

  private static RuleSet load(List<RuleFile> files) {
    return switch (RuleSet.load(files)) {
      case Loaded.Ok ok -> ok.set();
      case Loaded.Broken broken ->
          throw Refused.badRequest(
              "rules",
              broken.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
  }

  /** An alert is about a device or a place. */
  private boolean sees(Person viewer, AlertSpan alert) {
    if (scopes.everything(viewer)) {
      return true;
    }
    String device = devices.placeOf(alert.subject());
    return scopes.covers(viewer, device.isEmpty() ? alert.subject() : device);
  }
}
