package dev.hologrid.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The REST API as a client sees it. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  public Api(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  public String base() {
    return base;
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(base + path)).build());
    if (response.statusCode() >= 400) {
      throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** All items of a list, over all its pages. */
  public List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor);
      page.path("items").forEach(items::add);
      String next = page.path("next").asText("");
      cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return items;
  }

  /** The text that a path answers with. */
  public String text(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build()).body();
  }

  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path)).header("X-HoloGrid", "1").DELETE().build());
  }

  /** As the person that mode open takes when none is named. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .header("X-HoloGrid", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** As this person, in mode open. */
  public HttpResponse<String> postAs(String actor, String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .header("X-HoloGrid", "1")
            .header("X-HoloGrid-Actor", actor)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
