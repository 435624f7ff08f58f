package dev.hologrid.gateway;

import dev.hologrid.gateway.alerting.AlertingConfig;
import dev.hologrid.gateway.archive.ArchiveConfig;
import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.http.HttpConfig;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.notify.NotifyConfig;
import dev.hologrid.gateway.openid.OpenIdConfig;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.gateway.source.broker.BrokerConfig;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import dev.hologrid.gateway.source.firepanel.FirePanelConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, one record per part.
 *
 * @param data the data folder; nothing is written elsewhere
 * @param openId by whom else people may sign in; null: by this server alone
 */
public record GatewayConfig(
    Path data,
    Sources sources,
    JournalConfig journal,
    SiteConfig site,
    AlertingConfig alerting,
    Stores stores,
    Desk desk,
    HttpConfig http,
    @Nullable OpenIdConfig openId) {

  /**
   * The ways in; null: not used.
   *
   * @param profiles a folder with decoder profiles of one's own; null: only those that ship
   */
  public record Sources(
      EndpointConfig endpoint,
      @Nullable BrokerConfig broker,
      @Nullable FirePanelConfig panels,
      @Nullable Path profiles) {}

  /**
   * Where readings and incidents are kept beside the journals.
   *
   * @param incidents a JDBC URL, or empty for SQLite in the data folder
   * @param reserve bytes put by in the data folder for the day on which the disk is full; 0: none
   */
  public record Stores(
      ArchiveConfig archive, String incidents, String user, Secret password, long reserve) {}

  /**
   * How incidents are dealt with.
   *
   * @param catalog categories and limits, or null for what ships
   * @param holidays days off and make-up days, or null for what ships
   * @param anchors where the heads of the audit chain are noted; best on another disk
   */
  public record Desk(
      @Nullable Path catalog, @Nullable Path holidays, Path anchors, NotifyConfig channels) {}

  /**
   * Reads all sections and ends the reading.
   *
   * @throws dev.hologrid.gateway.config.ConfigInvalid with every problem
   */
  public static GatewayConfig read(Settings settings) {
    Path data = settings.at("data").path(Path.of("data")).toAbsolutePath().normalize();
    GatewayConfig config =
        new GatewayConfig(
            data,
            new Sources(
                EndpointConfig.read(settings),
                BrokerConfig.read(settings),
                FirePanelConfig.read(settings),
                settings.at("decode.profiles").pathOrNull()),
            JournalConfig.read(settings),
            SiteConfig.read(settings),
            AlertingConfig.read(settings),
            new Stores(
                ArchiveConfig.read(settings),
                settings.at("incidents.url").text(""),
                settings.at("incidents.user").text(""),
                settings.at("incidents.password").secret(),
                settings.at("disk.reserve").bytes(0, 16L << 30, 64L << 20)),
            new Desk(
                settings.at("incidents.catalog").pathOrNull(),
                settings.at("incidents.holidays").pathOrNull(),
                settings.at("incidents.anchors").path(data.resolve("audit/anchors.txt")),
                NotifyConfig.read(settings)),
            HttpConfig.read(settings),
            OpenIdConfig.read(settings));
    if (config.openId != null && config.http.mode() == HttpConfig.Mode.OPEN) {
      settings.problem("http.mode", "must be password where openid.issuer is set");
    }
    settings.finish();
    return config;
  }
}
