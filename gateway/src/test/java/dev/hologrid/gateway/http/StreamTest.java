package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.stream.StreamLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live stream over real sockets: resume, scope, slow viewers. */
class StreamTest {
  @TempDir Path folder;
  private Front front;

  @BeforeEach
  void start() throws Exception {
    StreamLimits limits =
        new StreamLimits(
            64, 1 << 20, 1000, 4 << 20, 100, Duration.ofSeconds(2), Duration.ofSeconds(1));
    front = new Front(folder, HttpConfig.Mode.OPEN, limits);
  }

  @AfterEach
  void stop() throws Exception {
    front.close();
  }

  private record Event(String id, String name, String data) {}

  /** Reads a stream until {@code count} events of the name came. */
  private List<Event> read(InputStream in, String name, int count) throws Exception {
    List<Event> found = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String id = "";
    String event = "";
    while (found.size() < count) {
      String line = lines.readLine();
      if (line == null) {
        return found;
      }
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ") && event.equals(name)) {
        found.add(new Event(id, event, line.substring(6)));
      }
    }
    return found;
  }

  private InputStream open(String path, String... headers) throws Exception {
    var request = front.request(path);
    HttpResponse<InputStream> response =
        front.client.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private void device(String place, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] json = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
      front.stream.publish("device", List.of("440605", place), json);
    }
  }

  @Test
  void a_viewer_that_comes_back_goes_on_where_it_was() throws Exception {
    InputStream first = open("/api/v1/stream?events=device");
    Wait.until("the viewer is there", () -> front.stream.clients() == 1);
    device("440605011", 0, 3);
    List<Event> seen = read(first, "device", 3);
    first.close();
    device("440605011", 3, 10);
    InputStream again = open("/api/v1/stream?events=device", "Last-Event-ID", seen.getLast().id());
    assertThat(read(again, "device", 7))
        .extracting(Event::data)
        .containsExactly(
            "{\"n\":3}",
            "{\"n\":4}",
            "{\"n\":5}",
            "{\"n\":6}",
            "{\"n\":7}",
            "{\"n\":8}",
            "{\"n\":9}");
    again.close();
  }

  @Test
  void a_viewer_from_before_a_restart_is_told_to_look_again() throws Exception {
    InputStream in = open("/api/v1/stream", "Last-Event-ID", "17");
    assertThat(read(in, "resync", 1)).hasSize(1);
    in.close();
  }

  @Test
  void a_viewer_sees_its_area_only() throws Exception {
    InputStream in = open("/api/v1/stream?events=device&actor=officer-in");
    Wait.until("the viewer is there", () -> front.stream.clients() == 1);
    device("440605121", 0, 5);
    device("440605011", 5, 6);
    assertThat(read(in, "device", 1)).extracting(Event::data).containsExactly("{\"n\":5}");
    in.close();
  }

  @Test
  void what_an_incident_goes_through_is_seen_live() throws Exception {
    InputStream in = open("/api/v1/stream?events=incident");
    Wait.until("the viewer is there", () -> front.stream.clients() == 1);
    front.post(
        "/api/v1/incidents", "{\"category\":\"FIRE_SMOKE\",\"place\":\"b1\",\"title\":\"t\"}");
    assertThat(read(in, "incident", 1).getFirst().data()).contains("\"change\":\"OPENED\"");
    in.close();
  }

  @Test
  void one_that_never_reads_is_closed_and_slows_nobody() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(1024);
      socket.connect(front.address());
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/stream?events=device HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      stuck.add(socket);
    }
    InputStream healthy = open("/api/v1/stream?events=device");
    Wait.until("all are there", () -> front.stream.clients() == 11);
    CompletableFuture<List<Event>> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return read(healthy, "device", 300);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    byte[] large = ("{\"x\":\"" + "y".repeat(30_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      front.stream.publish("device", List.of("440605"), large);
      int sent = i;
      if (i % 10 == 9) { // as fast as the healthy one reads
        Wait.until("the loop turned " + sent, this::loopTurned);
      }
    }
    assertThat(read.get(20, TimeUnit.SECONDS)).hasSize(300);
    assertThat(front.stream.dropped()).isPositive(); // what the stuck missed is counted
    Wait.until("the stuck are gone from the stream", () -> front.stream.clients() == 1);
    for (Socket each : stuck) {
      each.setSoTimeout(20_000);
      assertThat(ends(each)).as("its connection is closed").isTrue();
      each.close();
    }
    healthy.close();
  }

  /** Reads what the system still holds; then comes the end, in order or by a reset. */
  private static boolean ends(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read(new byte[65_536]) >= 0) {
        // what went out before
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private boolean loopTurned() {
    try {
      return front.get("/api/v1/session").statusCode() == 200;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_web_socket_gets_the_same_and_another_sites_page_gets_none() throws Exception {
    CompletableFuture<String> hello = new CompletableFuture<>();
    WebSocket socket =
        front
            .client
            .newWebSocketBuilder()
            .buildAsync(
                java.net.URI.create(
                    front.uri("/api/v1/stream/socket").toString().replace("http:", "ws:")),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean end) {
                    hello.complete(text.toString());
                    from.request(1);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(10, TimeUnit.SECONDS);
    assertThat(hello.get(10, TimeUnit.SECONDS)).contains("\"event\":\"hello\"");
    socket.abort();
    assertThat(front.get("/api/v1/stream/socket", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_dripping_request_is_closed() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(front.address());
      socket.setSoTimeout(10_000);
      long start = System.nanoTime();
      socket.getOutputStream().write("GET / HTT".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
