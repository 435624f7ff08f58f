package dev.hologrid.gateway.http;

import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.tls.ServerTls;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code http}.
 *
 * @param host the address to listen on
 * @param port 0 for any free port
 * @param mode who may come in
 * @param idle a connection with nothing to do is closed after this
 * @param header a request must be complete within this, so that dripping clients hold nothing
 * @param body the largest request body in bytes
 * @param connections open at once at most
 * @param session a login lasts this long without use
 * @param tls certificate and key; null answers without transport security
 */
public record HttpConfig(
    String host,
    int port,
    Mode mode,
    Duration idle,
    Duration header,
    long body,
    int connections,
    Duration session,
    ServerTls.@Nullable Files tls) {

  /** Who may come in. */
  public enum Mode {
    /** Anybody on this machine, acting as whom they say: the demonstration. */
    OPEN,
    /** People with a password or a token. */
    PASSWORD
  }

  public static HttpConfig read(Settings settings) {
    String host = settings.at("http.host").text("127.0.0.1");
    HttpConfig config =
        new HttpConfig(
            host,
            settings.at("http.port").integer(0, 65_535, 8080),
            settings
                .at("http.mode")
                .word(Mode.class, Loopback.address(host) ? Mode.OPEN : Mode.PASSWORD),
            settings
                .at("http.idle")
                .duration(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(60)),
            settings
                .at("http.header")
                .duration(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(10)),
            settings.at("http.body").bytes(1024, 64L << 20, 1L << 20),
            settings.at("http.connections").integer(10, 100_000, 4000),
            settings
                .at("http.session")
                .duration(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofHours(12)),
            tls(settings));
    if (config.mode == Mode.OPEN && !config.loopback()) {
      settings.problem(
          "http.mode",
          "open is for this machine only; set http.host to 127.0.0.1 or mode password");
    }
    return config;
  }

  private static ServerTls.@Nullable Files tls(Settings settings) {
    Path certificate = settings.at("http.tls.certificate").pathOrNull();
    Path key = settings.at("http.tls.key").pathOrNull();
    if ((certificate == null) != (key == null)) {
      settings.problem("http.tls", "needs both certificate and key, as PEM files");
    }
    return certificate == null || key == null
        ? null
        : new ServerTls.Files(certificate, key, null, null);
  }

  boolean loopback() {
    return Loopback.address(host);
  }
}
