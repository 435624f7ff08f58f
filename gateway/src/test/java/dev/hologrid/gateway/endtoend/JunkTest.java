package dev.hologrid.gateway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.Totals;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Junk between good messages on one connection: each refused by name, nothing lost around it. */
class JunkTest {
  private static final String TOPIC = "hologrid/v1/smoke/sm-1";

  private record Junk(String topic, byte[] payload, String reason) {
    static Junk of(String payload, String reason) {
      return new Junk(TOPIC, payload.getBytes(UTF_8), reason);
    }

    static Junk to(String topic, String reason) {
      return new Junk(topic, "{\"values\":{\"a\":1}}".getBytes(UTF_8), reason);
    }
  }

  private static final List<Junk> JUNK =
      List.of(
          Junk.of("smoke!", "NOT_JSON"),
          Junk.of("", "NOT_JSON"),
          Junk.of("{\"values\":{\"obscuration\":0.1}", "NOT_JSON"),
          Junk.of("{\"values\":{\"obscuration\":NaN}}", "NOT_JSON"),
          Junk.of("{\"values\":7}", "WRONG_TYPE"),
          Junk.of("{\"values\":{\"obscuration\":[0.1]}}", "WRONG_TYPE"),
          Junk.of("\"smoke\"", "WRONG_TYPE"),
          Junk.of("{\"obscuration\":0.1}", "MISSING_FIELD"),
          Junk.of("[]", "MISSING_FIELD"),
          Junk.of("{\"values\":{\"a\":" + "[".repeat(10_000), "TOO_DEEP"),
          Junk.of("{\"values\":{\"a\":1,\"a\":2}}", "DUPLICATE_FIELD"),
          Junk.of("{\"values\":{\"a\":1e400}}", "OUT_OF_RANGE"),
          Junk.of("{\"values\":{\"a\":" + "9".repeat(5_000) + "}}", "TOO_LARGE"),
          Junk.of("{\"ts\":\"23.11.2026 22:40\",\"values\":{\"a\":1}}", "BAD_TIME"),
          Junk.of("{\"values\":{\"a b\":1}}", "BAD_NAME"),
          new Junk(TOPIC, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'}, "INVALID_UTF8"),
          new Junk(TOPIC, new byte[1 << 20], "TOO_LARGE"),
          Junk.of("{\"values\":{\"a\":\"" + "x".repeat(3 << 20) + "\"}}", "TOO_LARGE"),
          new Junk(TOPIC + "/status", "perhaps".getBytes(UTF_8), "WRONG_TYPE"),
          Junk.to("somewhere/else", "UNKNOWN_TOPIC"),
          Junk.to("hologrid/v1/smoke", "UNKNOWN_TOPIC"),
          Junk.to("hologrid/v2/smoke/sm-1", "UNKNOWN_TOPIC"),
          Junk.to("hologrid/v1/SMOKE/sm-1", "BAD_NAME"));

  @TempDir Path data;

  @Test
  void each_is_quarantined_with_its_reason_and_the_messages_around_it_are_stored()
      throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data);
        Publisher device = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      int good = 0;
      for (Junk each : JUNK) {
        device.publish(TOPIC, "{\"values\":{\"good\":" + good++ + "}}");
        device.publish(each.topic(), each.payload(), 1); // returns when it is acknowledged
        assertThat(device.connected()).as("still connected after %s", each.reason()).isTrue();
      }
      device.publish(TOPIC, "{\"values\":{\"good\":" + good++ + "}}");

      Totals totals = gateway.gateway().drain(Duration.ofSeconds(10));
      assertThat(totals.balanced()).isTrue();
      assertThat(totals.inFlight()).isZero();
      assertThat(totals.quarantined()).isEqualTo(JUNK.size());
      assertThat(totals.received()).isEqualTo(totals.stored() + JUNK.size());
      assertThat(refused(gateway))
          .extracting(each -> each.path("reason").asText())
          .containsExactlyElementsOf(JUNK.stream().map(Junk::reason).toList());
      for (int i = 0; i < JUNK.size(); i++) {
        JsonNode each = refused(gateway).get(i);
        assertThat(each.path("topic").asText()).isEqualTo(JUNK.get(i).topic());
        assertThat(each.path("size").asInt()).isEqualTo(JUNK.get(i).payload().length);
        assertThat(each.path("detail").asText()).isNotBlank();
      }
      int last = good - 1;
      Await.until("the last good message to be the device's state", () -> latest(gateway) == last);
      assertThat(gateway.gateway().components())
          .filteredOn(each -> !each.check().word().equals("ok"))
          .extracting(Component::name)
          .isEmpty();
    }
  }

  /** Oldest first. */
  private static List<JsonNode> refused(RunningGateway gateway) throws Exception {
    List<JsonNode> found = new ArrayList<>(gateway.api().all("/api/v1/quarantine"));
    Collections.reverse(found);
    return found;
  }

  private static int latest(RunningGateway gateway) throws Exception {
    return gateway.api().get("/api/v1/devices/sm-1").path("values").path("good").asInt(-1);
  }
}
