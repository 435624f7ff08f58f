package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hologrid.gateway.command.AuditCommand;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.GatewayProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A notice that waits when the server is killed is sent by the next one; the record stays whole.
 */
class NotifyKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;

  @Test
  void what_waited_at_the_kill_is_sent_and_one_changed_byte_is_named() throws Exception {
    List<String> taken = new CopyOnWriteArrayList<>();
    List<String> tried = new CopyOnWriteArrayList<>();
    AtomicBoolean up = new AtomicBoolean();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String event =
              exchange.getRequestHeaders().getFirst("Idempotency-Key")
                  + " "
                  + JSON.readTree(body).path("event").asText();
          tried.add(event);
          if (up.get()) {
            taken.add(event);
          }
          exchange.sendResponseHeaders(up.get() ? 200 : 503, -1);
          exchange.close();
        });
    receiver.start();
    Path data = folder.resolve("data");
    Path config = config(receiver.getAddress().getPort());
    try {
      GatewayProcess first = GatewayProcess.start(data, "--config", config.toString());
      assertThat(
              first
                  .api()
                  .post(
                      "/api/v1/incidents",
                      "{\"category\":\"GAS_LEAK\",\"place\":\"b1\",\"title\":\"燃气\",\"origin\":\"COMMAND\"}")
                  .statusCode())
          .isEqualTo(201);
      Await.until("an attempt", () -> !tried.isEmpty());
      first.kill();
      assertThat(taken).isEmpty();
      up.set(true);
      try (GatewayProcess second = GatewayProcess.start(data, "--config", config.toString())) {
        Await.until("both notices", () -> taken.size() >= 2);
        assertThat(taken.get(0)).endsWith(" opened").isEqualTo(tried.getFirst());
        assertThat(taken.get(1)).endsWith(" dispatched");
        assertThat(second.api().get("/api/v1/notifications").path("items")).isEmpty();
      }
      verify(data);
    } finally {
      receiver.stop(0);
    }
  }

  private static void verify(Path data) throws Exception {
    assertThat(audit(data)).isZero();
    assertThat(Files.readAllLines(data.resolve("audit/anchors.txt"))).isNotEmpty();
    String url = "jdbc:sqlite:" + data.resolve("incidents.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "delete from incident_events where seq = (select max(seq) from incident_events)");
      assertThat(audit(data)).as("cut off at the end").isEqualTo(1);
    }
  }

  private static int audit(Path data) {
    return new CommandLine(new AuditCommand()).execute("verify", "--data", data.toString());
  }

  private Path config(int port) throws Exception {
    Path site = Files.createDirectories(folder.resolve("files"));
    Files.writeString(
        site.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        t1,桂城街道,Guicheng,town,440605,113.15,23.04,
        b1,一号楼,One,building,t1,113.16,23.05,2
        """);
    Files.writeString(site.resolve("devices.csv"), "id,kind,place,lon,lat,labels\n");
    return Files.writeString(
        folder.resolve("hologrid.yaml"),
        """
        site: {files: "%s"}
        notify:
          allowed-hosts: [127.0.0.1]
          channels:
            - {name: duty, kind: webhook, url: "http://127.0.0.1:%d/hook", secret: s3cret}
        """
            .formatted(site, port));
  }
}
