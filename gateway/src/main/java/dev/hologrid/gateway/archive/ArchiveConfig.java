package dev.hologrid.gateway.archive;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code archive}.
 *
 * @param kind which database
 * @param url where it is; null: an embedded QuestDB
 * @param token for InfluxDB
 * @param organization for InfluxDB
 * @param bucket for InfluxDB
 * @param port of the embedded QuestDB on the loopback address; 0 for any that is free
 * @param resend how far back rows are sent again after a break, since databases acknowledge before
 *     a row is on disk
 */
public record ArchiveConfig(
    Kind kind,
    @Nullable URI url,
    Secret token,
    String organization,
    String bucket,
    int port,
    Duration resend) {
  /** The databases that we know. */
  public enum Kind {
    /** No archive: readings stay in the journal only. */
    NONE,
    QUESTDB,
    VICTORIA_METRICS,
    /** InfluxDB 2, or any that speaks its API. */
    INFLUXDB
  }

  /** Embedded QuestDB on any free port. */
  public static ArchiveConfig defaults() {
    return new ArchiveConfig(
        Kind.QUESTDB, null, new Secret(""), "hologrid", "hologrid", 0, Duration.ofSeconds(10));
  }

  public static ArchiveConfig read(Settings settings) {
    ArchiveConfig defaults = defaults();
    Kind kind = settings.at("archive.kind").word(Kind.class, defaults.kind());
    URI url = settings.at("archive.url").uriOrNull("http", "https");
    if (url == null && (kind == Kind.VICTORIA_METRICS || kind == Kind.INFLUXDB)) {
      settings.problem("archive.url", "is needed for this kind, for example http://localhost:8428");
    }
    return new ArchiveConfig(
        kind,
        url,
        settings.at("archive.token").secret(),
        settings.at("archive.organization").text(defaults.organization()),
        settings.at("archive.bucket").text(defaults.bucket()),
        settings.at("archive.port").integer(0, 65535, defaults.port()),
        settings
            .at("archive.resend")
            .duration(Duration.ZERO, Duration.ofHours(1), defaults.resend()));
  }

  /** The same for another database. */
  public ArchiveConfig at(Kind otherKind, @Nullable URI otherUrl) {
    return new ArchiveConfig(otherKind, otherUrl, token, organization, bucket, port, resend);
  }
}
