package dev.hologrid.gateway.source.firepanel;

import dev.hologrid.gateway.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code fire-panel}.
 *
 * @param host the address to listen on
 * @param port 0 takes any free one
 * @param silence after how long without a frame a panel counts as offline
 * @param timeout how long a command waits for its answer
 * @param resends how often a command is sent again
 */
public record FirePanelConfig(
    String host, int port, Duration silence, Duration timeout, int resends) {

  /** The usual values on any free port of loopback. */
  public static FirePanelConfig loopback() {
    return new FirePanelConfig("127.0.0.1", 0, Duration.ofSeconds(90), Duration.ofSeconds(10), 3);
  }

  /** Reads the section, or gives null when no port is set: there is no usual one. */
  public static @Nullable FirePanelConfig read(Settings s) {
    boolean wanted = s.at("fire-panel.port").present();
    FirePanelConfig config =
        new FirePanelConfig(
            s.at("fire-panel.host").text("127.0.0.1"),
            s.at("fire-panel.port").integer(0, 65_535, 0),
            s.at("fire-panel.silence")
                .duration(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(90)),
            s.at("fire-panel.timeout")
                .duration(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10)),
            s.at("fire-panel.resends").integer(0, 10, 3));
    return wanted ? config : null;
  }
}
