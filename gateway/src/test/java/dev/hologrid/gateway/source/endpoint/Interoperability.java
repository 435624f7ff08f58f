package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two suites have in common; the endpoint delivers alerts and nothing between clients. */
abstract class Interoperability {
  static final String TOPIC = "hologrid/v1/smoke/d-1";
  static final String ALERTS = "hologrid/v1/alerts/#";
  static final String ALERT = "hologrid/v1/alerts/x";
  static final int RECEIVE_MAXIMUM = 10;
  static final int PACKET = 32 << 10;

  @TempDir Path data;
  Rig rig;

  @BeforeEach
  void start() throws Exception {
    EndpointConfig.Limits limits =
        new EndpointConfig.Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            PACKET,
            RECEIVE_MAXIMUM,
            1 << 20,
            100,
            50);
    rig =
        new Rig(
            data,
            EndpointConfig.defaults().withLimits(limits),
            new AnonymousGate(false),
            (who, filter) -> filter.startsWith("hologrid/v1/alerts"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  Peer open(String client, Peer.Hello hello) throws IOException {
    return Peer.open(rig.port(), client, hello).accepted();
  }

  /** Hands a message to the subscribers; how many these are. */
  int deliver(String topic, String payload) {
    return rig.endpoint.deliver(topic, payload.getBytes(StandardCharsets.UTF_8), who -> true);
  }

  static String n(int n) {
    return new String(Rig.n(n), StandardCharsets.UTF_8);
  }

  static PacketWriter none() {
    return new PacketWriter();
  }

  void stored(int... numbers) {
    Rig.await("stored", () -> rig.books().stored() >= numbers.length);
    assertThat(rig.numbers("d-1"))
        .containsExactlyElementsOf(Arrays.stream(numbers).boxed().toList());
  }

  void gone() {
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
  }

  /** docs/mqtt-conformance.md has one line for each test of the suite, and no other. */
  @Test
  void the_table_has_every_test() throws IOException {
    String suite = getClass().getSimpleName().contains("5") ? "client_test5" : "client_test";
    List<String> told =
        Files.readAllLines(Path.of("../docs/mqtt-conformance.md")).stream()
            .filter(line -> line.startsWith("| `" + suite + "` |"))
            .map(line -> line.split("`")[3])
            .sorted()
            .toList();
    List<String> tests =
        Arrays.stream(getClass().getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("test_"))
            .sorted()
            .toList();
    assertThat(told).isEqualTo(tests).isNotEmpty();
  }
}
