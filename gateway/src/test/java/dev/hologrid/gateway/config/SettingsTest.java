package dev.hologrid.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String YAML =
      """
      mqtt:
        port: 70000
        prot: 1
        keep-alive: soon
      broker:
        urls: [tcp://a:1883, tcp://b:1883]
      channels:
        - url: https://x
        - url: https://y
      password: hunter2
      """;

  @Test
  void reports_every_problem_at_once_with_its_line_and_a_way_out() {
    Settings settings = Settings.parse("gateway.yaml", YAML, Map.of());
    int port = settings.at("mqtt.port").integer(0, 65535, 1883);
    Duration keepAlive =
        settings
            .at("mqtt.keep-alive")
            .duration(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(1));
    settings.list("broker.urls");
    settings.at("channels.0.url");
    settings.at("channels.1.url");
    settings.at("password").secret();

    ConfigInvalid invalid = catchThrowableOfType(ConfigInvalid.class, settings::finish);

    assertThat(port).isEqualTo(1883);
    assertThat(keepAlive).isEqualTo(Duration.ofMinutes(1));
    assertThat(invalid.problems())
        .containsExactly(
            "line 2: mqtt.port must be a whole number from 0 to 65535, but was 70000",
            "line 4: mqtt.keep-alive must be a duration from 5s to 5m, for example 1m, but was"
                + " soon",
            "line 3: mqtt.prot is not a setting; did you mean 'mqtt.port'?");
    assertThat(invalid).hasMessageStartingWith("3 problems in gateway.yaml");
  }

  @Test
  void reads_lists_and_lists_of_sections() {
    Settings settings = Settings.parse("gateway.yaml", YAML, Map.of());
    assertThat(settings.list("broker.urls")).containsExactly("tcp://a:1883", "tcp://b:1883");
    assertThat(settings.sections("channels")).isEqualTo(2);
    assertThat(settings.at("channels.1.url").text("")).isEqualTo("https://y");
  }

  @Test
  void the_command_line_wins_over_the_environment_and_that_over_the_file() {
    Settings settings =
        Settings.parse("gateway.yaml", "mqtt: {port: 1}", Map.of("HOLOGRID_MQTT_PORT", "2"));
    assertThat(settings.at("mqtt.port").integer(0, 9, 0)).isEqualTo(2);
    assertThat(settings.with("mqtt.port", 3).at("mqtt.port").integer(0, 9, 0)).isEqualTo(3);
  }

  @Test
  void a_secret_does_not_print() {
    Settings settings = Settings.parse("gateway.yaml", YAML, Map.of());
    Secret secret = settings.at("password").secret();
    assertThat(secret.toString()).doesNotContain("hunter2");
    assertThat(secret.reveal()).isEqualTo("hunter2");
  }

  @Test
  void a_broken_file_is_a_problem_with_its_line() {
    Settings settings = Settings.parse("gateway.yaml", "mqtt:\n  port: [1", Map.of());
    assertThat(catchThrowableOfType(ConfigInvalid.class, settings::finish).problems().getFirst())
        .startsWith("line ")
        .contains("not YAML");
  }
}
