package dev.hologrid.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Prometheus Alertmanager on a free port of loopback behind a path, as a process of its
 * own; it ends alerts that say of no end after one second. Not for two threads.
 *
 * <p>{@code apt-get install prometheus-alertmanager} provides it; {@link #installed()} tells.
 */
public final class Alertmanager implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process process;

  private Alertmanager(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Whether this machine has it. */
  public static boolean installed() {
    return Files.isExecutable(BINARY);
  }

  /** Returns once it is ready. */
  public static Alertmanager start(Path folder) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Alertmanager made = new Alertmanager(folder, socket.getLocalPort());
      socket.close();
      made.start();
      return made;
    }
  }

  /** Starts it on the same port; of the alerts it had it knows nothing. */
  public void start() throws Exception {
    Files.createDirectories(folder);
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(
        config,
        """
        global: {resolve_timeout: 1s}
        route: {receiver: none}
        receivers: [{name: none}]
        """);
    process =
        new ProcessBuilder(
                BINARY.toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.route-prefix=/am",
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("alertmanager.log").toFile())
            .start();
    Await.until("alertmanager to be ready", this::isReady);
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/am/");
  }

  /** The labels of the alerts that are active now. */
  public List<JsonNode> active() throws Exception {
    List<JsonNode> labels = new ArrayList<>();
    JSON.readTree(get("api/v2/alerts?active=true").body())
        .forEach(each -> labels.add(each.get("labels")));
    return labels;
  }

  /** Waits until an alert that says of no end, posted now, has ended by itself. */
  public void awaitTimeout() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(url().resolve("api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString("[{\"labels\": {\"alertname\": \"Canary\"}}]"))
            .build();
    int status = client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new AssertionError("alertmanager answered " + status);
    }
    Await.until(
        "alertmanager to end an alert by itself",
        () ->
            active().stream().noneMatch(each -> each.path("alertname").asText().equals("Canary")));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest get =
        HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    return client.send(get, HttpResponse.BodyHandlers.ofString());
  }

  /** Ends it; its alerts are forgotten. */
  public void stop() throws InterruptedException {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    client.close();
  }
}
