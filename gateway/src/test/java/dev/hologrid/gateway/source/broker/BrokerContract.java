package dev.hologrid.gateway.source.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.testing.HeldInbox;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the broker source promises with every broker. */
abstract class BrokerContract {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<BrokerSource> open = new ArrayList<>();
  private final String root = "t" + NAMES.incrementAndGet();

  /** The address of a running broker. */
  abstract String url();

  /** How the gateway is to be known, and whom it trusts. */
  BrokerConfig.Login login() {
    return BrokerConfig.Login.none();
  }

  BrokerConfig.Tls tls() {
    return BrokerConfig.Tls.none();
  }

  /** How those who publish connect. */
  SocketFactory sockets() throws Exception {
    return new PlainSockets();
  }

  @AfterEach
  void closeSources() {
    open.forEach(BrokerSource::close);
  }

  @Test
  void delivers_topic_and_bytes_as_they_were_published() {
    HeldInbox inbox = HeldInbox.storing();
    source(config(), inbox);

    publish(texts(100));

    inbox.awaitCount(100);
    assertThat(inbox.texts()).containsExactlyElementsOf(texts(100));
    assertThat(inbox.messages()).allMatch(each -> each.topic().equals(root + "/a"));
    assertThat(inbox.messages()).allMatch(each -> each.source().equals("broker"));
    assertThat(inbox.messages()).allMatch(each -> each.receivedAt() == 42);
  }

  @Test
  void delivers_by_mqtt_3_too() {
    HeldInbox inbox = HeldInbox.storing();
    BrokerConfig.Session five = session();
    source(
        config(
            new BrokerConfig.Session(
                BrokerConfig.Version.V3,
                five.clientId(),
                "",
                1,
                five.receiveMaximum(),
                five.expiry(),
                five.keepAlive())),
        inbox);

    publish(texts(20));

    inbox.awaitCount(20);
    assertThat(inbox.texts()).containsExactlyElementsOf(texts(20));
  }

  @Test
  void acknowledges_only_what_is_stored() {
    HeldInbox silent = HeldInbox.silent();
    BrokerSource first = source(config(), silent);
    publish(texts(5));
    silent.awaitCount(1); // HiveMQ sends no more before an acknowledgement
    first.close();

    HeldInbox storing = HeldInbox.storing();
    BrokerSource second = source(config(), storing);
    storing.awaitCount(5);
    assertThat(storing.texts()).containsExactlyInAnyOrderElementsOf(texts(5));
    publish(List.of("last"));
    storing.awaitCount(6);
    second.close();

    HeldInbox third = HeldInbox.storing();
    source(config(), third);
    publish(List.of("new"));
    third.awaitCount(1);
    assertThat(third.texts()).as("what was stored does not come again").contains("new");
    assertThat(third.texts()).doesNotContainAnyElementsOf(texts(5));
  }

  @Test
  void asks_again_for_what_could_not_be_stored() {
    HeldInbox inbox = HeldInbox.failing();
    source(config(), inbox);
    publish(List.of("a", "b"));
    inbox.awaitCount(1);

    inbox.store();

    HeldInbox.await(
        "both after the disk came back",
        () -> inbox.messages().size() > 2 && inbox.texts().containsAll(List.of("a", "b")));
  }

  @Test
  void takes_many_retained_messages_at_subscribe() {
    publishRetained(40);
    HeldInbox inbox = HeldInbox.storing();
    source(config(), inbox);

    inbox.awaitCount(40);
    assertThat(inbox.texts())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
  }

  @Test
  void several_clients_of_one_group_get_each_message_once() {
    HeldInbox inbox = HeldInbox.storing();
    BrokerConfig.Session one = session();
    source(
        config(
            new BrokerConfig.Session(
                BrokerConfig.Version.V5,
                one.clientId(),
                "group-" + root,
                3,
                one.receiveMaximum(),
                one.expiry(),
                one.keepAlive())),
        inbox);

    publish(texts(60));

    inbox.awaitCount(60);
    assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(texts(60));
  }

  @Test
  void more_messages_than_the_receive_maximum_flow_as_they_are_stored() {
    HeldInbox inbox = HeldInbox.storing();
    BrokerConfig.Session one = session();
    source(
        config(
            new BrokerConfig.Session(
                BrokerConfig.Version.V5, one.clientId(), "", 1, 3, one.expiry(), one.keepAlive())),
        inbox);

    publish(texts(50));

    inbox.awaitCount(50);
    assertThat(inbox.texts()).containsExactlyElementsOf(texts(50));
  }

  /** Waits until the source is subscribed. */
  final BrokerSource source(BrokerConfig config, HeldInbox inbox) {
    BrokerSource source = started(config, inbox);
    HeldInbox.await("a subscribed source", () -> source.check().equals(Check.ok()));
    return source;
  }

  final BrokerSource started(BrokerConfig config, HeldInbox inbox) {
    BrokerSource source = new BrokerSource(config, inbox, fixed());
    open.add(source);
    assertThat(source.start().succeeded()).isTrue();
    return source;
  }

  private static InstantSource fixed() {
    return () -> java.time.Instant.ofEpochMilli(42);
  }

  final BrokerConfig config() {
    return config(session());
  }

  private BrokerConfig.Session session() {
    return BrokerConfig.Session.of("gateway-" + root);
  }

  private BrokerConfig config(BrokerConfig.Session session) {
    return new BrokerConfig(
        URI.create(url()), List.of(root + "/#"), session, login(), tls(), Duration.ofSeconds(1));
  }

  static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
  }

  final void publish(List<String> texts) {
    publish(texts.stream().map(each -> new Outgoing(root + "/a", each, false)).toList(), url());
  }

  private void publishRetained(int count) {
    publish(
        IntStream.range(0, count)
            .mapToObj(i -> new Outgoing(root + "/retained-" + i, "r" + i, true))
            .toList(),
        url());
  }

  private record Outgoing(String topic, String text, boolean retained) {}

  private void publish(List<Outgoing> messages, String url) {
    try (MqttAsyncClient client =
        new MqttAsyncClient(url, "publisher-" + NAMES.incrementAndGet(), new MemoryPersistence())) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setSocketFactory(sockets());
      if (!login().username().isEmpty()) {
        options.setUserName(login().username());
        options.setPassword(login().password().reveal().toCharArray());
      }
      options.setMaxInflight(1_000);
      client.connect(options).waitForCompletion(10_000);
      for (Outgoing each : messages) {
        client
            .publish(each.topic(), each.text().getBytes(UTF_8), 1, each.retained())
            .waitForCompletion(10_000);
      }
      client.disconnectForcibly(0, 100, true);
    } catch (Exception e) {
      throw new IllegalStateException("could not publish to " + url, e);
    }
  }
}
