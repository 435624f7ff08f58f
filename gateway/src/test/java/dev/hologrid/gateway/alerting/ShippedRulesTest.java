package dev.hologrid.gateway.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.engine.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {
  private static final long T = 1_790_000_000_000L;
  private static final Shape SMOKE =
      new Shape("smoke", List.of("obscuration"), List.of(Shape.Type.NUMBER));

  private final RuleEngines engines = new RuleEngines(EngineSettings.DEFAULT);
  private final List<AlertEvent> said = new ArrayList<>();

  private Engine engine(byte[] snapshot) {
    Engine.Made made = engines.make(engines.beside(List.of()), snapshot);
    assertThat(made.issues()).isEmpty();
    Engine engine = made.engine();
    assertThat(engine).isNotNull();
    return engine;
  }

  private static void feed(Engine engine, List<AlertEvent> into, int from, int to) {
    for (int i = from; i < to; i++) {
      long at = T + i * 1_000L;
      Reading reading = new Reading("sm-1", SMOKE, at, at, i, 0, new double[] {0.9}, null);
      engine.accept(reading, into::add);
      engine.advance(at, into::add);
    }
  }

  @Test
  void thick_smoke_raises_an_alert_with_its_place() {
    Engine engine = engine(null);
    engine.place(new Device("sm-1", "smoke", List.of("d", "t", "c", "g", "b", "f"), Map.of()));
    feed(engine, said, 0, 60);
    assertThat(said).isNotEmpty();
    AlertEvent first = said.getFirst();
    assertThat(first.kind()).isEqualTo(AlertEvent.Kind.RAISED);
    assertThat(first.alert().place()).isEqualTo("f");
    assertThat(AlertJson.item(first.alert()).path("summary").asText()).isNotBlank();
  }

  @Test
  void with_a_lateness_an_alarm_waits_for_what_may_still_be_under_way() {
    RuleEngines patient =
        new RuleEngines(EngineSettings.DEFAULT.withLateness(Duration.ofSeconds(10)));
    Engine engine = patient.make(patient.beside(List.of()), null).engine();
    assertThat(engine).isNotNull();
    engine.accept(new Reading("sm-1", SMOKE, T, T, 0, 0, new double[] {0.9}, null), said::add);
    engine.advance(T + 9_000, said::add);
    assertThat(said).isEmpty();
    engine.advance(T + 11_000, said::add);
    assertThat(said).isNotEmpty();
    assertThat(said.getFirst().alert().startedAt()).isEqualTo(T);
  }

  @Test
  void a_snapshot_at_any_moment_changes_nothing() {
    feed(engine(null), said, 0, 40);
    for (int cut = 0; cut < 40; cut += 13) {
      List<AlertEvent> both = new ArrayList<>();
      Engine first = engine(null);
      feed(first, both, 0, cut);
      feed(engine(first.snapshot()), both, cut, 40);
      assertThat(both).isEqualTo(said);
    }
  }

  @Test
  void issues_of_rules_have_their_place() {
    List<String> issues =
        engines.make(List.of(new Engine.RuleText("bad.yaml", "groups: [")), null).issues();
    assertThat(issues).isNotEmpty().allSatisfy(each -> assertThat(each).contains("bad.yaml:"));
  }
}
