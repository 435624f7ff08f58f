package dev.hologrid.simulator.officers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hologrid.simulator.site.Person;
import dev.hologrid.simulator.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class OfficersTest {
  private static final Map<String, String> NEXT =
      Map.of(
          "dispatch", "DISPATCHED",
          "accept", "HANDLING",
          "feedback", "FEEDBACK",
          "check", "CHECKING",
          "close", "CLOSED");
  private static final List<Person> PEOPLE =
      List.of(
          new Person("dispatcher-0001", "d", List.of("dispatcher"), "440605", ""),
          new Person("supervisor-0001", "s", List.of("supervisor"), "440605", ""),
          new Person("officer-0001", "o", List.of("officer"), "440605011001001", ""),
          new Person("officer-0002", "p", List.of("officer"), "440605011001002", ""));

  private final ObjectMapper json = new ObjectMapper();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private volatile String state = "FILED";
  private volatile String assignee = "";

  @Test
  void an_incident_is_carried_to_its_end_by_the_right_people() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/incidents", this::answer);
    server.start();
    URI at = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (Officers officers = new Officers(at, PEOPLE, 1, Duration.ofMillis(1))) {
      officers.start();
      Await.until(Duration.ofSeconds(20), () -> state.equals("CLOSED"));
    } finally {
      server.stop(0);
    }
    assertThat(commands)
        .containsExactly(
            "dispatcher-0001 dispatch officer-0002",
            "officer-0002 accept",
            "officer-0002 feedback",
            "supervisor-0001 check",
            "supervisor-0001 close");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = "{}";
    if (exchange.getRequestMethod().equals("GET")) {
      String holder = assignee.isEmpty() ? "null" : "{\"id\":\"" + assignee + "\"}";
      body =
          state.equals("CLOSED")
              ? "{\"items\":[]}"
              : "{\"items\":[{\"id\":\"i-1\",\"state\":\"%s\",\"place\":\"440605011001002-00001-F1\",\"origin\":\"SENSOR\",\"assignee\":%s}]}"
                  .formatted(state, holder);
    } else {
      JsonNode command = json.readTree(exchange.getRequestBody());
      String word = command.get("command").asText();
      String actor = exchange.getRequestHeaders().getFirst("X-HoloGrid-Actor");
      assertThat(exchange.getRequestHeaders().getFirst("X-HoloGrid")).isEqualTo("1");
      assignee = command.path("assignee").asText(assignee);
      commands.add(actor + " " + word + (word.equals("dispatch") ? " " + assignee : ""));
      state = NEXT.get(word);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
