package dev.hologrid.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** The demo's site files: those made when the program was built, or made now. */
final class District {
  private static final List<String> FILES =
      List.of("places.csv", "places.geojson", "devices.csv", "people.csv", "patrols.csv");

  private District() {}

  /** Leaves an existing site alone. */
  static void prepare(Path home, Path site) throws IOException, InterruptedException {
    if (Files.exists(site.resolve("places.csv"))) {
      return;
    }
    Files.createDirectories(site);
    Path made = home.resolve("target/district");
    if (!Files.exists(made.resolve("places.csv"))) {
      generate(home, site);
      return;
    }
    for (String file : FILES) {
      if (!Files.exists(made.resolve(file))) {
        continue; // made by an older build
      }
      Files.copy(made.resolve(file), site.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void generate(Path home, Path site) throws InterruptedException {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(home, home, List.of("district", "--out", site.toString()))) {
      if (!simulator.await(Duration.ofSeconds(60)) || simulator.exitValue() != 0) {
        throw new IllegalStateException("the simulated district could not be made in " + site);
      }
    }
  }
}
