package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.HdrHistogram.Histogram;

/** Asks over HTTP and notes how long it took until the whole answer was there. */
final class BenchClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  BenchClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask(path));
  }

  private byte[] ask(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  /** Microseconds go into the histogram. */
  void timed(String path, Histogram into) throws IOException, InterruptedException {
    long began = System.nanoTime();
    ask(path);
    into.recordValue((System.nanoTime() - began) / 1000);
  }

  void post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("X-HoloGrid", "1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
    }
  }

  static Histogram histogram() {
    return new Histogram(60_000_000L, 3);
  }

  static void show(ObjectNode to, Histogram histogram) {
    to.put("requests", histogram.getTotalCount());
    to.put("p50Ms", histogram.getValueAtPercentile(50) / 1000.0);
    to.put("p99Ms", histogram.getValueAtPercentile(99) / 1000.0);
    to.put("maxMs", histogram.getMaxValue() / 1000.0);
  }

  @Override
  public void close() {
    http.close();
  }
}
