package dev.hologrid.gateway;

import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import java.nio.file.Path;

/**
 * Everything that can be set, one record per part.
 *
 * @param data the data folder; nothing is written elsewhere
 */
public record GatewayConfig(
    Path data, EndpointConfig endpoint, JournalConfig journal, SiteConfig site) {

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
            JournalConfig.read(settings),
            SiteConfig.read(settings));
    settings.finish();
    return config;
  }
}
