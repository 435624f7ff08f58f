package dev.hologrid.simulator.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's VictoriaMetrics, which may be stopped, killed and started again. */
public final class VictoriaMetricsProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private Child child;

  private VictoriaMetricsProcess(Path folder, int port) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = port;
    this.child = launch();
  }

  public static VictoriaMetricsProcess start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      return new VictoriaMetricsProcess(folder, port);
    }
  }

  private Child launch() throws IOException, InterruptedException {
    Child started =
        Child.start(
            List.of(
                "victoria-metrics",
                "-storageDataPath=" + folder.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-retentionPeriod=100y",
                "-dedup.minScrapeInterval=1ms",
                "-search.maxUniqueTimeseries=1000000",
                "-memory.allowedBytes=256MB"),
            folder.resolve("log"),
            line -> false);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end || !started.running()) {
        throw new IOException("VictoriaMetrics does not answer; see " + folder.resolve("log"));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return started;
  }

  private boolean answers() throws InterruptedException {
    try {
      return client.send(request("/health"), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE).build();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** SIGKILL: what it had not written is gone. */
  public void kill() throws InterruptedException {
    child.kill();
  }

  /** Starts again on what is left. */
  public void startAgain() throws IOException, InterruptedException {
    child = launch();
  }

  /** {@code STOP}, {@code CONT}. */
  public void signal(String name) throws IOException, InterruptedException {
    child.signal(name);
  }

  /** Everything it holds: one series a line, as its own export writes it. */
  public Stream<String> export() throws IOException, InterruptedException {
    // What was written in the last second is not searched otherwise.
    client.send(request("/internal/force_flush"), BodyHandlers.discarding());
    String all = URLEncoder.encode("{__name__!=\"\"}", StandardCharsets.UTF_8);
    return client.send(request("/api/v1/export?match[]=" + all), BodyHandlers.ofLines()).body();
  }

  @Override
  public void close() {
    child.close();
    client.shutdownNow();
  }
}
