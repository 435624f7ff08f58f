package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as the launcher starts it: gateway, simulator in a process of its own, officers. */
class DemoTest {
  private static final Path HOME = Path.of(System.getProperty("hologrid.root", ".."));

  @TempDir Path folder;

  @Test
  void runs_unattended_and_ends_with_books_that_balance_and_a_dispatched_incident()
      throws Exception {
    assumeTrue(
        Files.exists(HOME.resolve("simulator/target/hologrid-simulator.jar"))
            && Files.isDirectory(HOME.resolve("simulator/target/lib")),
        "the simulator is not packaged yet: mvn package");
    File said = folder.resolve("said").toFile();
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dhologrid.home=" + HOME.toAbsolutePath(),
                "-Dhologrid.cwd=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hologrid.gateway.Main",
                "demo",
                "--for",
                "20s",
                "--summary",
                "summary.json",
                "--http-port",
                "0",
                "--mqtt-port",
                "0")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    try {
      assertThat(demo.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroy();
    }

    assertThat(demo.exitValue()).as(Files.readString(said.toPath())).isZero();
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    for (String field :
        List.of("received", "stored", "alerts", "incidents", "dispatched", "readyMs")) {
      assertThat(summary.path(field).asLong()).as(field).isPositive();
    }
    assertThat(summary.path("quarantined").isIntegralNumber()).isTrue();
    assertThat(summary.path("p99AlertLatencyMs").isNumber()).isTrue();
    assertThat(summary.path("received").asLong())
        .isEqualTo(summary.path("stored").asLong() + summary.path("quarantined").asLong());
    assertThat(summary.path("acked").asLong())
        .isEqualTo(summary.path("sent").asLong())
        .isLessThanOrEqualTo(summary.path("received").asLong());
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written)
          .extracting(each -> String.valueOf(each.getFileName()))
          .containsExactlyInAnyOrder("data", "said", "summary.json");
    }
  }
}
