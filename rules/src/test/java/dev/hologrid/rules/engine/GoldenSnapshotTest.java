package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Snapshots that older programs wrote stay readable for ever: none of these files is ever replaced.
 */
final class GoldenSnapshotTest {
  static final RuleSet RULES =
      Bench.rules(
          Bench.group(
              """
              - alert: hot
                on: boiler
                expr: temperature > 70
                clear: temperature < 50
                for: 10s
                keep_firing_for: 5s
                levels:
                  - { severity: critical, when: temperature > 90, for: 20s }
                flap: { raises: 2, within: 10m, hold: 1m }
                labels: { severity: major, category: OVERHEAT }
              - alert: mean
                on: boiler
                expr: avg(temperature, '60s') > 40
                labels: { severity: minor, category: OVERHEAT }
              - alert: silent
                on: any
                absent: 90s
                labels: { severity: info, category: OFFLINE }
              - alert: together
                on: boiler
                same: building
                within: 60s
                at_least: 2
                of: [{ when: temperature > 80 }]
                labels: { severity: critical, category: OVERHEAT }
              - alert: break-in
                on: access
                within: 2m
                sequence:
                  - { when: event == 'denied', times: 3 }
                  - { when: event == 'door_forced' }
                labels: { severity: major, category: DOOR_FORCED }
              - alert: many
                on: boiler
                same: building
                share: { when: temperature > 60, over: 0.5, minimum: 2 }
                labels: { severity: minor, category: FAULT }
              """));

  /** What happens before the snapshot; whoever writes one for a new version runs this. */
  static Bench before() {
    Bench b = Bench.of(RULES);
    for (String id : List.of("b1", "b2", "b3")) {
      b.device(id, "boiler", "house");
    }
    b.device("door", "access", "house").device("mute", "access", "house");
    b.advance(0);
    b.at(1_000, "b1", "boiler", "temperature", 75)
        .at(2_000, "b1", "boiler", "temperature", 20)
        .at(3_000, "b1", "boiler", "temperature", 95)
        .at(4_000, "door", "access", "event", "denied")
        .at(5_000, "door", "access", "event", "denied")
        .at(20_000, "b1", "boiler", "temperature", 96)
        .at(30_000, "b2", "boiler", "temperature", 62)
        .at(40_000, "b2", "boiler", "temperature", 75)
        .at(41_000, "b3", "boiler", "temperature", 12);
    return b;
  }

  private static List<String> after(Bench b) {
    b.events.clear();
    b.at(45_000, "door", "access", "event", "denied")
        .at(46_000, "b2", "boiler", "temperature", 85)
        .at(47_000, "door", "access", "event", "door_forced")
        .at(60_000, "b1", "boiler", "temperature", 30)
        .at(61_000, "b3", "boiler", "temperature", 65)
        .at(70_000, "b2", "boiler", "temperature", 10)
        .advance(400_000);
    return b.said();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_snapshot_of_any_version_goes_on_as_if_nothing_had_happened(int version)
      throws IOException {
    Bench whole = before();
    Bench restored = before();
    restored.engine = RuleEngine.restore(RULES, EngineSettings.DEFAULT, file(version));
    assertThat(file(version)[0]).isEqualTo((byte) version);
    List<String> expected = after(whole);
    assertThat(after(restored)).isEqualTo(expected);
    assertThat(expected)
        .anyMatch(line -> line.contains("CLEARED hot b1"))
        .anyMatch(line -> line.contains("RAISED hot b2"))
        .anyMatch(line -> line.contains("RAISED break-in door"))
        .anyMatch(line -> line.contains("RAISED together house"))
        .anyMatch(line -> line.contains("RAISED silent b1"));
  }

  private static byte[] file(int version) throws IOException {
    String name = "snapshot-v" + version + ".bin";
    try (InputStream in = GoldenSnapshotTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no test resource " + name);
      }
      return in.readAllBytes();
    }
  }

  @Test
  void what_is_no_snapshot_is_refused() {
    assertThatThrownBy(
            () -> RuleEngine.restore(RULES, EngineSettings.DEFAULT, new byte[] {9, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 1 to 3")
        .hasMessageContaining("9");
    byte[] half = java.util.Arrays.copyOf(before().engine.snapshot(), 40);
    assertThatThrownBy(() -> RuleEngine.restore(RULES, EngineSettings.DEFAULT, half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a whole snapshot");
  }
}
