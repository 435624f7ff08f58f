package dev.hologrid.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Outbox.Notice;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.Town;
import dev.hologrid.gateway.testing.Certificates;
import dev.hologrid.gateway.testing.Mosquitto;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Notices reach a Mosquitto that speaks TLS alone and wants a password, and carry their key. */
@EnabledIf(
    value = "dev.hologrid.gateway.testing.Mosquitto#installed",
    disabledReason = "needs Mosquitto: apt-get install mosquitto")
class MqttChannelTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Town TOWN = new Town();
  private static final InstantSource CLOCK = InstantSource.system();
  @TempDir static Path broker;
  private static Certificates certificates;
  private static Mosquitto mosquitto;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> topics = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> notices = new LinkedBlockingQueue<>();
  private Database database;
  private IncidentDesk desk;
  private Outbox outbox;
  private MqttClient subscriber;

  @BeforeAll
  static void startBroker() throws Exception {
    certificates =
        new Certificates(broker.resolve("tls"))
            .authority("grid")
            .authority("stranger")
            .signed("broker", "broker", "grid", "30");
    certificates.root("grid");
    certificates.root("stranger");
    Path people = broker.resolve("people");
    Files.writeString(people, "hologrid:" + PASSWORD + "\n");
    Process hash = new ProcessBuilder("mosquitto_passwd", "-U", people.toString()).start();
    assertThat(hash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    mosquitto =
        Mosquitto.start(
            broker.resolve("data"),
            String.join(
                "\n",
                "certfile " + certificates.pem("broker", "pem"),
                "keyfile " + certificates.pem("broker", "key"),
                "password_file " + people));
  }

  @AfterAll
  static void stopBroker() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    database = Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", "");
    Interest interest =
        new Interest(List.of(new Interest.Wish("bus", Interest.DEFAULT_EVENTS, Priority.P4)));
    desk = new IncidentDesk(database, new Policy(Catalog.standard(), TOWN), TOWN, CLOCK, interest);
    outbox = new Outbox(database);
    Opening opening =
        new Opening("GAS_LEAK", Town.GRID, "Gas", "", Origin.COMMAND, null, List.of());
    desk.open(opening, Town.DISPATCHER, null).join();

    subscriber =
        new MqttClient(
            mosquitto.url().replace("tcp:", "ssl:"), "subscriber", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName("hologrid");
    options.setPassword(PASSWORD.toCharArray());
    options.setSocketFactory(certificates.sockets("grid", null));
    subscriber.connect(options);
    subscriber.subscribe(
        "district/#",
        1,
        (topic, message) -> {
          topics.add(topic);
          notices.add(
              new ObjectMapper()
                  .readTree(new String(message.getPayload(), StandardCharsets.UTF_8)));
        });
  }

  @AfterEach
  void stop() throws Exception {
    subscriber.disconnect();
    subscriber.close();
    desk.close();
    database.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private MqttChannel channel(String password, @Nullable Path authority) {
    URI url = URI.create("mqtts://127.0.0.1:" + mosquitto.port() + "/district/incidents");
    return new MqttChannel(
        vertx,
        new NotifyConfig.Target(
            NotifyConfig.Kind.MQTT,
            url,
            new NotifyConfig.Login("hologrid", new Secret(password), authority),
            new Interest.Wish("bus", Interest.DEFAULT_EVENTS, Priority.P4),
            new NotifyConfig.Mail("", List.of())));
  }

  private JsonNode received() throws Exception {
    JsonNode notice = notices.poll(20, TimeUnit.SECONDS);
    assertThat(notice).as("a notice").isNotNull();
    return notice;
  }

  @Test
  void a_notice_that_comes_twice_has_the_same_key() throws Exception {
    MqttChannel channel = channel(PASSWORD, certificates.pem("grid", "pem"));
    Notice notice = outbox.due("bus", CLOCK.instant(), 1).getFirst();
    channel.send(notice).await(20, TimeUnit.SECONDS);
    Notifier notifier = new Notifier(vertx, outbox, List.of(channel), CLOCK, 3);
    notifier.tick().await(20, TimeUnit.SECONDS);
    notifier.tick().await(20, TimeUnit.SECONDS);
    assertThat(notifier.check().word()).isEqualTo("ok");
    JsonNode first = received();
    assertThat(first.get("event").asText()).isEqualTo("opened");
    assertThat(first.get("key").asText()).isEqualTo(notice.key());
    assertThat(received()).isEqualTo(first);
    JsonNode second = received();
    assertThat(second.get("event").asText()).isEqualTo("dispatched");
    assertThat(second.get("key").asText()).isNotEqualTo(notice.key());
    assertThat(topics).containsOnly("district/incidents/" + notice.incident());
    notifier.close();
  }

  @Test
  void a_wrong_password_and_a_stranger_get_nothing() {
    Notice notice = outbox.due("bus", CLOCK.instant(), 1).getFirst();
    MqttChannel wrong = channel("guessed", certificates.pem("grid", "pem"));
    assertThatThrownBy(() -> wrong.send(notice).await(20, TimeUnit.SECONDS))
        .hasMessageContaining("NOT_AUTHORIZED");
    MqttChannel untrusting = channel(PASSWORD, certificates.pem("stranger", "pem"));
    assertThatThrownBy(() -> untrusting.send(notice).await(20, TimeUnit.SECONDS))
        .hasMessageContaining("SSL");
    MqttChannel byTheJdk = channel(PASSWORD, null);
    assertThatThrownBy(() -> byTheJdk.send(notice).await(20, TimeUnit.SECONDS))
        .hasMessageContaining("SSL");
    assertThat(notices).isEmpty();
  }
}
