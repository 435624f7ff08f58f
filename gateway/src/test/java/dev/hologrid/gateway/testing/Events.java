package dev.hologrid.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A viewer of the live stream: collects the server-sent events. */
public final class Events implements AutoCloseable {
  /**
   * One event.
   *
   * @param atNanos when it was read, {@link System#nanoTime()}
   */
  public record Event(String name, JsonNode data, long atNanos) {}

  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch hello = new CountDownLatch(1);
  private final InputStream body;
  private final Thread reader;

  private Events(InputStream body) {
    this.body = body;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Returns once the stream has greeted. */
  public static Events of(int port) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + port + "/api/v1/stream?events=alert,incident"))
                    .header("Accept", "text/event-stream")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("the stream answered " + response.statusCode());
    }
    Events events = new Events(response.body());
    if (!events.hello.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the stream did not greet");
    }
    return events;
  }

  private void read() {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "message";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).trim();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).trim());
        } else if (line.isEmpty() && !data.isEmpty()) {
          seen.add(new Event(name, json.readTree(data.toString()), System.nanoTime()));
          data.setLength(0);
          if (name.equals("hello")) {
            hello.countDown();
          }
        }
      }
    } catch (IOException e) {
      // ends with the stream
    }
  }

  public List<Event> named(String name) {
    return seen.stream().filter(each -> each.name().equals(name)).toList();
  }

  @Override
  public void close() throws IOException {
    body.close();
    reader.interrupt();
  }
}
