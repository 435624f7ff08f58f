package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Rules are changed under load. */
final class RuleFaults {
  private static final Duration SAID = Duration.ofSeconds(8);

  private RuleFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F20", "rules changed and broken under load", List.of(), true, RuleFaults::reload));
  }

  private static Row reload(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 2);
    Path file = bench.rules().resolve("rules.yaml");
    String text = Files.readString(file);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    for (int i = 0; i < rounds; i++) {
      replace(file, text + another(i));
      bench.pause(2_500);
      replace(file, text.replace("obscuration >= 0.15", "obscurity >>= 0.15"));
      boolean said =
          Waiting.until(
              SAID,
              () ->
                  Watch.complaints(gateway).stream()
                      .anyMatch(each -> each.contains("rules.yaml:")));
      replace(file, text);
      boolean healthy = Waiting.until(SAID, () -> Watch.complaints(gateway).isEmpty());
      survived += said && healthy && bench.well(gateway, fleet) ? 1 : 0;
    }
    return bench.row("F20", rounds, survived, gateway, "");
  }

  private static String another(int number) {
    return """

          - alert: chaos-never-%d
            on: smoke
            expr: obscuration > 1000.0
            labels: { severity: info, category: FIRE_FAULT }
            annotations: { summary: "Never" }
    """
        .formatted(number);
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("rules.new"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
