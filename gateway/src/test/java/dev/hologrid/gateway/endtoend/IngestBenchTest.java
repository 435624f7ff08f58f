package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.bench.BenchCommand;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark runs and its books balance; what it measures here says nothing. */
class IngestBenchTest {
  @TempDir Path folder;

  @BeforeAll
  static void the_gateway_of_this_build() {
    System.setProperty("hologrid.gateway.classpath", System.getProperty("java.class.path"));
  }

  @Test
  void every_part_ends_with_figures() throws Exception {
    Path json = folder.resolve("bench.json");
    int status =
        new CommandLine(new BenchCommand())
            .execute(
                "ingest",
                "--smoke",
                "--only",
                "disk,throughput,live,connections",
                "--publishers",
                "10",
                "--json",
                json.toString());
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    for (String key :
        List.of(
            "endpointMsgPerSecond",
            "rawFsyncAppendPerSecond",
            "p99AlertLatencyMs",
            "connections",
            "connectionsRssMiB")) {
      assertThat(figures.path(key).asDouble()).as(key).isPositive();
    }
    // Without Mosquitto the broker's figures are left out, and the status says so.
    boolean mosquitto = figures.path("mosquittoPahoMsgPerSecond").asDouble() > 0;
    assertThat(status).isEqualTo(mosquitto ? 0 : 1);
    assertThat(figures.path("brokerMsgPerSecond").asDouble() > 0).isEqualTo(mosquitto);
  }
}
