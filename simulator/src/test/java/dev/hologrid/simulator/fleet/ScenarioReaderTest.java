package dev.hologrid.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
  @TempDir Path folder;

  @Test
  void the_demo_starts_with_a_fire_within_five_seconds() throws Exception {
    Scenario demo = ScenarioReader.read(null);
    assertThat(demo.happenings().getFirst().what()).isEqualTo(Scenario.What.FIRE);
    assertThat(demo.happenings().getFirst().at()).isLessThan(Duration.ofSeconds(5));
    assertThat(demo.happenings())
        .extracting(Scenario.Happening::what)
        .contains(Scenario.What.values());
  }

  @Test
  void a_misspelt_key_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("s.yml"), "sed: 4\n");
    assertThatThrownBy(() -> ScenarioReader.read(file))
        .hasMessageContaining("'sed' is not a key")
        .hasMessageContaining("seed");
  }

  @Test
  void an_unknown_event_is_shown() throws Exception {
    Path file = Files.writeString(folder.resolve("s.yml"), "events: [{at: 1s, what: flood}]\n");
    assertThatThrownBy(() -> ScenarioReader.read(file)).hasMessageContaining("flood");
  }
}
