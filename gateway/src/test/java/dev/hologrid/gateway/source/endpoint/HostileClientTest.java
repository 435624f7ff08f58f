package dev.hologrid.gateway.source.endpoint;

import static dev.hologrid.gateway.source.endpoint.Rig.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in endpoint with clients that do what they should not, byte by byte. */
class HostileClientTest {
  private static final String TOPIC = "hologrid/v1/smoke/d-1";

  @TempDir Path data;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    EndpointConfig.Limits limits =
        new EndpointConfig.Limits(
            Duration.ofSeconds(2), Duration.ofSeconds(60), 4 << 20, 20, 1 << 20, 100, 50);
    rig =
        new Rig(
            data,
            EndpointConfig.defaults().withLimits(limits),
            new AnonymousGate(false),
            Subscriptions.none());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private RawClient open(int version, boolean clean) throws Exception {
    RawClient client = new RawClient(rig.port(), version);
    RawClient.Packet answer = client.connect("d-1", clean, 60);
    assertThat(answer.type()).isEqualTo(RawClient.CONNACK);
    assertThat(answer.body()[1]).isZero();
    return client;
  }

  @Test
  void bytes_that_are_no_mqtt_end_their_connection_only() throws Exception {
    Random random = new Random(3);
    try (RawClient good = open(5, true)) {
      for (int i = 0; i < 20; i++) {
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        try (RawClient bad = new RawClient(rig.port(), 5)) {
          bad.raw(noise);
        }
      }
      try (RawClient http = new RawClient(rig.port(), 5)) {
        http.text("GET / HTTP/1.1\r\n\r\n");
        assertThat(http.ends()).isTrue();
      }
      good.publish(1, false, 1, TOPIC, n(1));
      good.flush();
      assertThat(good.next().id()).isEqualTo(1);
    }
  }

  @Test
  void a_client_that_says_nothing_is_closed() throws Exception {
    try (RawClient silent = new RawClient(rig.port(), 5)) {
      assertThat(silent.ends()).isTrue();
    }
  }

  @Test
  void a_client_that_sends_its_connect_byte_by_byte_is_closed() throws Exception {
    try (RawClient drip = new RawClient(rig.port(), 5)) {
      // a user property of 40,000 bytes that never comes to its end
      drip.raw(
          new PacketWriter()
              .u8(0x10)
              .length(60_000)
              .utf8("MQTT")
              .raw(new byte[] {5, 2, 0, 60})
              .length(50_000)
              .u8(0x26)
              .u16(40_000)
              .bytes());
      Rig.await(
          "closed",
          () -> {
            try {
              drip.raw(new byte[1]);
              return false;
            } catch (java.io.IOException e) {
              return true;
            }
          });
    }
    assertThat(rig.endpoint.refusals().closings()).containsEntry("no-connect", 1L);
  }

  @Test
  void those_who_only_sit_there_keep_nobody_out() throws Exception {
    List<RawClient> idle = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        idle.add(new RawClient(rig.port(), 5));
      }
      try (RawClient good = open(5, true)) {
        good.publish(1, false, 1, TOPIC, n(1));
        good.flush();
        assertThat(good.next().id()).isEqualTo(1);
      }
      Rig.await(
          "no more than fifty are left",
          () -> rig.endpoint.refusals().closings().get("too-many-before-connect") >= 10);
      assertThat(rig.endpoint.refusals().closings().get("too-many-before-connect"))
          .isBetween(10L, 12L);
      assertThat(idle.getFirst().ends()).isTrue();
    } finally {
      for (RawClient each : idle) {
        each.close();
      }
    }
  }

  @Test
  void the_keep_alive_is_enforced() throws Exception {
    try (RawClient client = new RawClient(rig.port(), 5)) {
      client.connect("d-2", true, 1);
      RawClient.Packet last = client.next();
      assertThat(last.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(last.body()[0] & 0xFF).isEqualTo(0x8D);
    }
  }

  @Test
  void a_packet_above_the_limit_closes_the_connection_with_the_reason() throws Exception {
    try (RawClient client = open(5, true)) {
      client.raw(new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
      RawClient.Packet last = client.next();
      assertThat(last.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(last.body()[0] & 0xFF).isEqualTo(0x95);
    }
    assertThat(rig.endpoint.counts().tooLarge()).isEqualTo(1);
  }

  @Test
  void a_repeated_exactly_once_message_is_stored_once() throws Exception {
    try (RawClient client = open(4, false)) {
      client.publish(2, false, 9, TOPIC, n(1));
      client.flush();
      assertThat(client.next().type()).isEqualTo(RawClient.PUBREC);
      client.publish(2, true, 9, TOPIC, n(1));
      client.flush();
      assertThat(client.next().type()).isEqualTo(RawClient.PUBREC);
    }
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
    try (RawClient again = new RawClient(rig.port(), 4)) {
      RawClient.Packet answer = again.connect("d-1", false, 60);
      assertThat(answer.body()[0]).as("session present").isEqualTo((byte) 1);
      again.publish(2, true, 9, TOPIC, n(1));
      again.flush();
      assertThat(again.next().type()).isEqualTo(RawClient.PUBREC);
      again.release(9);
      assertThat(again.next().type()).isEqualTo(RawClient.PUBCOMP);
      again.publish(2, false, 9, TOPIC, n(2));
      again.flush();
      assertThat(again.next().type()).isEqualTo(RawClient.PUBREC);
    }
    assertThat(rig.numbers("d-1")).containsExactly(1, 2);
  }

  @Test
  void answers_come_in_the_order_of_the_messages() throws Exception {
    try (RawClient client = open(4, true)) {
      for (int i = 1; i <= 200; i++) {
        // Every third goes to the quarantine, which has another file.
        client.publish(1, false, i, TOPIC, i % 3 == 0 ? new byte[] {'x'} : n(i));
      }
      client.flush();
      for (int i = 1; i <= 200; i++) {
        assertThat(client.next().id()).isEqualTo(i);
      }
    }
    assertThat(rig.books().received()).isEqualTo(200);
    assertThat(rig.books().inFlight()).isZero();
  }

  @Test
  void mosquitto_pub_works() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mosquitto_pub")), "mosquitto_pub is not here");
    for (String version : List.of("mqttv311", "mqttv5")) {
      Process run =
          new ProcessBuilder(
                  "/usr/bin/mosquitto_pub",
                  "-V",
                  version,
                  "-p",
                  String.valueOf(rig.port()),
                  "-q",
                  "1",
                  "-t",
                  "hologrid/v1/smoke/sm-1",
                  "-m",
                  "{\"values\":{\"obscuration\":0.9}}")
              .inheritIO()
              .start();
      assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isZero();
    }
    assertThat(rig.readings()).hasSize(2);
  }

  @Test
  void a_client_is_not_read_while_the_disk_is_behind() throws Exception {
    Stalled stalled = new Stalled();
    Vertx vertx = Vertx.vertx();
    MqttEndpointSource endpoint =
        new MqttEndpointSource(
            vertx, EndpointConfig.defaults().withPort(0), stalled, Clock.systemUTC());
    endpoint.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    try (RawClient client = new RawClient(endpoint.port(), 4)) {
      client.connect("d-1", true, 60);
      int count = 300;
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 1; i <= count; i++) {
                        client.publish(1, false, i, TOPIC, new byte[100_000]);
                      }
                      client.flush();
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      Rig.await("some", () -> stalled.bytes.get() >= 1 << 20);
      // 30 MB are on their way; what is taken in stays near the limit of 1 MiB for a connection.
      assertThat(sender.join(Duration.ofMillis(500))).isFalse();
      assertThat(stalled.bytes.get()).isLessThan(3 << 20);
      stalled.release();
      for (int i = 1; i <= count; i++) {
        assertThat(client.next().id()).isEqualTo(i);
      }
    } finally {
      endpoint.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Acknowledges nothing until released. */
  private static final class Stalled implements Inbox {
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentLinkedQueue<SourceMessage.Ack> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean released;

    @Override
    public void put(SourceMessage message) {
      bytes.addAndGet(message.payload().length);
      waiting.add(message.ack());
      if (released) {
        drain();
      }
    }

    void release() {
      released = true;
      drain();
    }

    private void drain() {
      for (SourceMessage.Ack ack = waiting.poll(); ack != null; ack = waiting.poll()) {
        ack.stored();
      }
    }

    @Override
    public boolean ready() {
      return true;
    }
  }
}
