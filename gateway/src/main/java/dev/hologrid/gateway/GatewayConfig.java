package dev.hologrid.gateway;

import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.gateway.source.broker.BrokerConfig;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, one record per part.
 *
 * @param data the data folder; nothing is written elsewhere
 */
public record GatewayConfig(
    Path data,
    EndpointConfig endpoint,
    @Nullable BrokerConfig broker,
    JournalConfig journal,
    SiteConfig site) {

  /**
   * Reads all sections and ends the reading.
   *
   * @throws dev.hologrid.gateway.config.ConfigInvalid with every problem
   */
  public static GatewayConfig read(Settings settings) {
    GatewayConfig config =
        new GatewayConfig(
            settings.at("data").path(Path.of("data")).toAbsolutePath().normalize(),
            EndpointConfig.read(settings),
            BrokerConfig.read(settings),
            JournalConfig.read(settings),
            SiteConfig.read(settings));
    settings.finish();
    return config;
  }
}
