package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.chaos.ChaosCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A few faults of the campaign that need no other program, with the whole server, a fleet in a
 * process of its own, its ledger and the invariants; {@code ./hologrid chaos} has them all.
 */
class ChaosTest {
  @TempDir Path folder;

  @BeforeAll
  static void the_gateway_of_this_build() {
    System.setProperty("hologrid.gateway.classpath", System.getProperty("java.class.path"));
  }

  @Test
  void every_invariant_holds_after_kills_lost_acknowledgements_poison_and_a_stop()
      throws Exception {
    Path json = folder.resolve("chaos.json");
    int status =
        new CommandLine(new ChaosCommand())
            .execute(
                "--short",
                "--beside",
                "2",
                "--rate",
                "500",
                "--json",
                json.toString(),
                "F1",
                "F10",
                "F11",
                "F16");
    List<String> rows = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(json.toFile()).path("rows")) {
      assertThat(each.path("survived").asInt()).as(each.toString()).isPositive();
      assertThat(each.path("survived")).as(each.toString()).isEqualTo(each.path("tried"));
      assertThat(each.path("lost").isNumber()).as(each.toString()).isTrue();
      assertThat(each.path("recoverySeconds").isNumber()).as(each.toString()).isTrue();
      rows.add(each.path("fault").asText());
    }
    assertThat(rows).containsExactlyInAnyOrder("F1", "F10", "F11", "F16");
    assertThat(status).isZero();
  }
}
