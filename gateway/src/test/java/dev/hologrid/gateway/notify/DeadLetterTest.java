package dev.hologrid.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.Api;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What did not get through is seen over HTTP, and goes out again when somebody says so. */
class DeadLetterTest {
  @TempDir Path folder;
  private final AtomicInteger status = new AtomicInteger(500);
  private final List<String> keys = new CopyOnWriteArrayList<>();

  @Test
  void a_dead_letter_is_listed_and_sent_again() throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpServer receiver =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  keys.add(request.getHeader("Idempotency-Key"));
                  request.response().setStatusCode(status.get()).end();
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(
        site.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        """);
    Files.writeString(site.resolve("devices.csv"), "id,kind,place,lon,lat,labels\n");
    Settings settings =
        Settings.parse(
            "test",
            """
            site: {files: "%s"}
            notify:
              attempts: 1
              allowed-hosts: [127.0.0.1]
              channels:
                - {name: hook, kind: webhook, url: "http://127.0.0.1:%d/", events: [opened]}
            """
                .formatted(site, receiver.actualPort()),
            Map.of());
    try (RunningGateway gateway = RunningGateway.in(folder.resolve("data"), settings, Map.of())) {
      Api api = gateway.api();
      String report =
          "{\"category\":\"GAS_LEAK\",\"place\":\"440605\",\"title\":\"Gas\",\"origin\":\"COMMAND\"}";
      assertThat(api.post("/api/v1/incidents", report).statusCode()).isEqualTo(201);
      Await.until("the dead letter", () -> api.all("/api/v1/notifications").size() == 1);
      JsonNode dead = api.all("/api/v1/notifications?state=dead").getFirst();
      assertThat(dead.path("error").asText()).contains("500");
      assertThat(dead.path("attempts").asInt()).isEqualTo(1);
      assertThat(dead.path("key").asText()).isEqualTo(keys.getFirst());
      Await.until(
          "it to be counted",
          () ->
              api.text("/metrics")
                  .contains("hologrid_notifications{channel=\"hook\",state=\"dead\"} 1\n"));

      status.set(204);
      String retry = "/api/v1/notifications/" + dead.path("id").asText() + "/retry";
      assertThat(api.post(retry, "").statusCode()).isEqualTo(204);
      Await.until("it to be sent", () -> api.all("/api/v1/notifications?state=sent").size() == 1);
      assertThat(api.all("/api/v1/notifications?state=dead")).isEmpty();
      assertThat(keys).containsExactly(dead.path("key").asText(), dead.path("key").asText());
      assertThat(api.post(retry, "").statusCode()).as("it is not dead any more").isEqualTo(409);
      assertThat(api.post("/api/v1/notifications/99/retry", "").statusCode()).isEqualTo(404);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
