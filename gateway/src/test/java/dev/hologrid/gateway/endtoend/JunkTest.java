package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Junk is quarantined with its reason and acknowledged; nothing around it is lost. */
class JunkTest {
  private static final String TOPIC = "hologrid/v1/smoke/sm-1";
  @TempDir Path data;

  @Test
  void junk_is_quarantined_and_the_connection_stays_up() throws Exception {
    byte[] large = new byte[1 << 20];
    java.util.Arrays.fill(large, (byte) 'x');
    List<byte[]> junk =
        List.of(
            bytes("not json"),
            bytes("{\"values\":{\"obscuration\":\"high\"},\"ts\":true}"),
            bytes("[".repeat(10_000)),
            bytes("{\"values\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(501)),
            new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', '}'},
            new byte[0],
            large);
    try (RunningGateway gateway = RunningGateway.in(data);
        Publisher device = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      for (byte[] each : junk) {
        device.publish(TOPIC, "{\"values\":{\"obscuration\":0.01}}");
        device.publish(TOPIC, each, 1);
      }
      device.publish("nowhere/to/be/found", bytes("{\"values\":{\"obscuration\":0.01}}"), 1);
      device.publish(TOPIC, "{\"values\":{\"obscuration\":0.02}}");

      assertThat(device.connected()).isTrue();
      Await.until(
          "all to be booked", () -> gateway.gateway().totals().received() == 2L * junk.size() + 2);
      assertThat(gateway.gateway().totals().stored()).isEqualTo(junk.size() + 1L);
      List<JsonNode> refused = gateway.api().all("/api/v1/quarantine");
      assertThat(refused).hasSize(junk.size() + 1);
      assertThat(refused)
          .extracting(each -> each.path("reason").asText())
          .contains(
              "NOT_JSON", "BAD_TIME", "TOO_DEEP", "INVALID_UTF8", "TOO_LARGE", "UNKNOWN_TOPIC");
      assertThat(refused).allSatisfy(each -> assertThat(each.path("detail").asText()).isNotBlank());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
