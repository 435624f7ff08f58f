package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.hologrid.gateway.audit.AuditJournal;
import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.command.AuditCommand;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A copy of both audit chains' heads lies where the server's own machine cannot change it. */
class AnchorsSentTest {
  @TempDir Path folder;
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private HttpServer receiver;
  private Path data;

  @BeforeEach
  void start() throws IOException {
    data = folder.resolve("data");
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(
        files.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        """);
    Files.writeString(files.resolve("devices.csv"), "id,kind,place,lon,lat,labels\n");
    smtp.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    smtp.stop();
  }

  @Test
  void each_chain_is_told_once_a_day_and_what_was_received_finds_a_chain_cut_short()
      throws Exception {
    decide("sign_in_refused", "sign_in_refused");
    try (RunningGateway first = gateway()) {
      Await.until("the chain of decisions is told", () -> bodies.size() == 1);
      assertThat(first.api().post("/api/v1/incidents", INCIDENT).statusCode()).isEqualTo(201);
    }
    try (RunningGateway second = gateway()) {
      Await.until("the chain of incidents is told", () -> bodies.size() == 2);
      Await.until("by mail, too", () -> smtp.getReceivedMessages().length == 2);
      assertThat(second.api().get("/health").findValuesAsText("name"))
          .doesNotHaveDuplicates()
          .contains("audit", "audit-anchors");
    }
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).anyMatch(each -> each.matches("audit-security/[0-9-]{10}/safe"));
    assertThat(keys).anyMatch(each -> each.matches("audit-incidents/[0-9-]{10}/safe"));
    Path hook = Files.writeString(folder.resolve("hook.json"), String.join("\n", bodies));
    Path mails = folder.resolve("mails.eml");
    try (var out = Files.newOutputStream(mails)) {
      for (var each : smtp.getReceivedMessages()) {
        each.writeTo(out);
      }
    }
    assertThat(verify(hook)).isZero();
    assertThat(verify(mails)).isZero();
    assertThat(verify(Files.writeString(folder.resolve("none"), "hello"))).isEqualTo(65);

    Path journal = data.resolve(AuditJournal.FOLDER);
    Path away = folder.resolve("away");
    Files.move(journal, away);
    decide("another_history");
    assertThat(verify(null)).as("noted beside it").isEqualTo(1);
    assertThat(verify(hook)).isEqualTo(1);
    assertThat(verify(mails)).isEqualTo(1);
    decide("another_history");
    assertThat(verify(hook)).as("as long, but not the same").isEqualTo(1);
    remove(journal);
    assertThat(verify(hook)).as("all gone").isEqualTo(1);
    Files.move(away, journal, StandardCopyOption.ATOMIC_MOVE);
    assertThat(verify(hook)).isZero();

    cutIncidents();
    assertThat(verify(hook)).isEqualTo(1);
    assertThat(verify(mails)).isEqualTo(1);
  }

  private static final String INCIDENT =
      "{\"category\":\"GAS_LEAK\",\"place\":\"440605\",\"title\":\"gas\",\"origin\":\"COMMAND\"}";

  private void decide(String... whats) throws IOException {
    try (AuditJournal journal = AuditJournal.open(data, () -> 1_800_000_000_000L)) {
      for (String each : whats) {
        journal.note(new Decision(each, "eve", "127.0.0.1", "wrong password"));
      }
    }
  }

  private RunningGateway gateway() {
    String yaml =
        """
        site: {files: "%s"}
        notify:
          allowed-hosts: [127.0.0.1]
          channels:
            - {name: duty, kind: webhook, url: "http://127.0.0.1:%d/duty", events: [reopened]}
            - {name: safe, kind: webhook, url: "http://127.0.0.1:%d/", least: P1,
               events: [audit_anchor]}
            - {name: mail, kind: email, url: "smtp://127.0.0.1:%d", to: [notary@example.org],
               events: [audit_anchor]}
        """
            .formatted(
                folder.resolve("files"),
                receiver.getAddress().getPort(),
                receiver.getAddress().getPort(),
                smtp.getSmtp().getPort());
    return RunningGateway.in(data, Settings.parse("test", yaml, Map.of()), Map.of());
  }

  private int verify(Path anchors) {
    List<String> words = new ArrayList<>(List.of("verify", "--data", data.toString()));
    if (anchors != null) {
      words.addAll(List.of("--anchor", anchors.toString()));
    }
    return new CommandLine(new AuditCommand()).execute(words.toArray(new String[0]));
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
  }

  private void cutIncidents() throws Exception {
    String url = "jdbc:sqlite:" + data.resolve("incidents.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "delete from incident_events where seq = (select max(seq) from incident_events)");
    }
  }
}
