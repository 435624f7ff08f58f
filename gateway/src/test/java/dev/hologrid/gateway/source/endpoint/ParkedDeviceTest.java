package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that nobody has provisioned wait for an operator. */
class ParkedDeviceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONG = "q7Zr2mWv9kTb4yXc8nLd1f";

  @TempDir Path data;
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = RunningGateway.in(data, Map.of("mqtt.devices", "park"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private int code(String user, String password) throws Exception {
    try (RawClient raw = new RawClient(gateway.gateway().mqttPort(), 5)) {
      return raw.connectAs("c", user, password).code();
    }
  }

  @Test
  void it_is_listed_and_let_in_by_the_secret_that_it_has_shown() throws Exception {
    assertThat(code("sm-1", LONG)).isEqualTo(0x86);
    assertThat(code("sm-1", LONG)).isEqualTo(0x86);
    JsonNode waiting = gateway.api().get("/api/v1/parked-devices").path("items");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.path(0).path("id").asText()).isEqualTo("sm-1");
    assertThat(waiting.path(0).path("tries").asInt()).isEqualTo(2);
    assertThat(waiting.path(0).path("secretShown").asBoolean()).isTrue();
    HttpResponse<String> approved = gateway.api().post("/api/v1/parked-devices/sm-1", "");
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
    assertThat(JSON.readTree(approved.body()).path("secret").isNull()).isTrue();
    assertThat(code("sm-1", LONG)).isZero();
    assertThat(code("sm-1", LONG + "x")).isEqualTo(0x86);
    assertThat(gateway.api().get("/api/v1/parked-devices").path("items")).isEmpty();
  }

  @Test
  void a_short_password_is_not_taken_over() throws Exception {
    code("sm-1", "1234");
    HttpResponse<String> approved = gateway.api().post("/api/v1/parked-devices/sm-1", "");
    String secret = JSON.readTree(approved.body()).path("secret").asText();
    assertThat(code("sm-1", "1234")).isEqualTo(0x86);
    assertThat(code("sm-1", secret)).isZero();
  }

  @Test
  void names_that_are_none_are_not_listed_and_strangers_do_not_fill_the_list() throws Exception {
    code("a/#", LONG);
    for (int i = 0; i < 120; i++) {
      code("stranger-" + i, LONG);
    }
    assertThat(gateway.api().get("/api/v1/parked-devices").path("items")).hasSize(100);
    assertThat(gateway.api().post("/api/v1/parked-devices/nobody", "").statusCode()).isEqualTo(404);
  }
}
