package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a rate, telemetry by HTTP is not taken, and the sender is told when to come again. */
class TelemetryRateTest {
  private static final String RECORD =
      "{\"kind\":\"smoke\",\"device\":\"sm-1\",\"values\":{\"n\":1}}";

  @TempDir Path data;

  private static void full(Path data, String rate) throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data, Map.of(rate, "10"))) {
      String batch = "[" + RECORD + ("," + RECORD).repeat(99) + "]";
      HttpResponse<String> first = gateway.api().post("/api/v1/telemetry", batch);
      assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
      HttpResponse<String> second = gateway.api().post("/api/v1/telemetry", RECORD);
      assertThat(second.statusCode()).as(second.body()).isEqualTo(429);
      assertThat(second.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 10L);
    }
  }

  @Test
  void of_a_sender() throws Exception {
    full(data, "mqtt.rates.messages");
  }

  @Test
  void of_an_address() throws Exception {
    full(data, "mqtt.rates.address-messages");
  }
}
