package dev.hologrid.gateway.alerting;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.engine.EngineSettings;
import dev.hologrid.rules.engine.RuleEngine;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Engines of the module {@code rules}. */
final class RuleEngines implements Engine.Maker {
  private record Running(RuleEngine engine) implements Engine {
    @Override
    public void place(Device device) {
      engine.place(device);
    }

    @Override
    public void accept(Reading reading, Sink sink) {
      engine.accept(reading, sink::accept);
    }

    @Override
    public void expect(Reading reading) {
      engine.expect(reading);
    }

    @Override
    public void advance(long now, Sink sink) {
      engine.advance(now, sink::accept);
    }

    @Override
    public void silences(List<RuleSet.Silence> silences, Sink sink) {
      engine.silences(silences, sink::accept);
    }

    @Override
    public List<RunningRule> rules() {
      return engine.rules().rules().stream().map(RuleEngines::running).toList();
    }

    @Override
    public byte[] snapshot() {
      return engine.snapshot();
    }
  }

  private final EngineSettings settings;

  RuleEngines(EngineSettings settings) {
    this.settings = settings;
  }

  private static RunningRule running(Rule rule) {
    return new RunningRule(
        rule.name(),
        rule.group(),
        rule.version(),
        rule.notice().severity().name().toLowerCase(Locale.ROOT),
        rule.notice().category(),
        rule.source().file(),
        rule.source().line(),
        rule.source().text());
  }

  @Override
  public List<Engine.RuleText> beside(List<Engine.RuleText> own) {
    return RulePack.beside(files(own)).stream()
        .map(each -> new Engine.RuleText(each.name(), each.text()))
        .toList();
  }

  private static List<RuleFile> files(List<Engine.RuleText> rules) {
    return rules.stream().map(each -> new RuleFile(each.name(), each.text())).toList();
  }

  private static Loaded load(List<Engine.RuleText> rules) {
    return RuleSet.load(files(rules));
  }

  @Override
  public Engine.Made make(List<Engine.RuleText> rules, byte @Nullable [] snapshot) {
    return switch (load(rules)) {
      case Loaded.Broken broken -> new Engine.Made(null, issues(broken));
      case Loaded.Ok ok ->
          Engine.Made.of(
              new Running(
                  snapshot == null
                      ? new RuleEngine(ok.set(), settings)
                      : RuleEngine.restore(ok.set(), settings, snapshot)));
    };
  }

  @Override
  public List<String> replace(Engine engine, List<Engine.RuleText> rules, Engine.Sink sink) {
    return switch (load(rules)) {
      case Loaded.Broken broken -> issues(broken);
      case Loaded.Ok ok -> {
        ((Running) engine).engine().replace(ok.set(), sink::accept);
        yield List.of();
      }
    };
  }

  private static List<String> issues(Loaded.Broken broken) {
    return broken.issues().stream().map(Issue::toString).toList();
  }
}
