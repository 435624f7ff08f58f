package dev.hologrid.gateway.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's victoria-metrics; skipped where that is not installed. */
class VictoriaMetricsTest extends StoreContract {
  private static final Path BINARY = Path.of("/usr/bin/victoria-metrics");
  @TempDir static Path folder;
  private Process process;
  private Store store;
  private String url;

  @BeforeAll
  void open() throws Exception {
    assumeTrue(
        Files.isExecutable(BINARY), BINARY + " is not installed: apt install victoria-metrics");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    url = "http://127.0.0.1:" + port;
    process =
        new ProcessBuilder(
                BINARY.toString(),
                "-httpListenAddr=127.0.0.1:" + port,
                "-retentionPeriod=100y",
                "-storageDataPath=" + folder.resolve("vm"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("vm.log").toFile())
            .start();
    store =
        new VictoriaMetricsStore(
            ArchiveConfig.defaults().at(ArchiveConfig.Kind.VICTORIA_METRICS, URI.create(url)), url);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        store.open();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  @Override
  void settle() throws IOException {
    new HttpAsk().get(url + "/internal/force_flush");
  }

  @Override
  List<History.Point> distinct(List<History.Point> points) {
    return points.stream().distinct().toList();
  }

  @Override
  Store store() {
    return store;
  }

  @AfterAll
  void close() throws InterruptedException {
    if (process != null) {
      store.close();
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
