package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hologrid.simulator.load.Load;
import dev.hologrid.simulator.load.LoadPlan;
import dev.hologrid.simulator.process.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More comes in than the disk takes: sockets wait, memory does not grow, nothing is lost. */
class OverloadTest {
  private static final int PAYLOAD = 4_096;
  private static final String STRACE = "/usr/bin/strace";

  /** {@code journal.waiting}, and what each loop had read before it was told to wait. */
  private static final double MOST_WAITING = (32 << 20) + (24 << 20);

  @TempDir Path folder;

  @BeforeAll
  static void the_gateway_of_this_build() {
    System.setProperty("hologrid.gateway.classpath", System.getProperty("java.class.path"));
  }

  @Test
  void a_slow_disk_fills_neither_the_heap_nor_loses_a_message() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(STRACE)), "strace is not here");
    List<String> slowDisk =
        List.of(
            STRACE,
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fdatasync",
            "-e",
            "inject=fdatasync:delay_enter=400000");
    try (GatewayProcess gateway =
            GatewayProcess.start(
                folder.resolve("data"),
                0,
                slowDisk,
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
                List.of("--set", "archive.kind=none"));
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      LoadPlan plan =
          new LoadPlan(
              gateway.mqtt(), 100, 500, 1_000, PAYLOAD, 0, 0, Duration.ZERO, Duration.ofSeconds(6));
      try (Load load = new Load(plan, InstantSource.system())) {
        load.connect();
        Future<Load.Result> running = thread.submit(load::run);
        double mostWaiting = 0;
        while (!running.isDone()) {
          mostWaiting = Math.max(mostWaiting, inFlight(gateway.metrics()) * PAYLOAD);
        }
        Load.Result result = running.get();
        Map<String, Double> books = gateway.metrics();
        assertThat(mostWaiting).as("bytes in flight").isBetween(1.0, MOST_WAITING);
        assertThat(gateway.child().running()).isTrue();
        assertThat(books.get("hologrid_messages_stored_total"))
            .as("what is acknowledged is stored")
            .isGreaterThanOrEqualTo(result.sent() - result.unacked());
        assertThat(books.get("hologrid_messages_received_total"))
            .isEqualTo(
                books.get("hologrid_messages_stored_total")
                    + books.getOrDefault("hologrid_messages_quarantined_total", 0.0)
                    + inFlight(books));
      }
    }
  }

  private static double inFlight(Map<String, Double> metrics) {
    return metrics.getOrDefault("hologrid_messages_in_flight", 0.0);
  }
}
