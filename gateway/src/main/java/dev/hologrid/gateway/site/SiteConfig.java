package dev.hologrid.gateway.site;

import dev.hologrid.gateway.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code site}.
 *
 * @param files the folder to import from at start; null: what was imported last
 * @param unknown what to do with a device that nobody provisioned
 * @param silentAfter a device not heard of for so long counts as offline
 */
public record SiteConfig(@Nullable Path files, UnknownDevices unknown, Duration silentAfter) {
  /** What to do with devices that nobody provisioned. */
  public enum UnknownDevices {
    /** Taken, and listed as unplaced. */
    ACCEPT,
    /** Its readings are kept, and rules do not see them until it is provisioned. */
    PARK,
    /** Its messages go to the quarantine. */
    REJECT
  }

  /** No files, unknown devices accepted, silent after 15 minutes. */
  public static SiteConfig defaults() {
    return new SiteConfig(null, UnknownDevices.ACCEPT, Duration.ofMinutes(15));
  }

  public static SiteConfig read(Settings settings) {
    SiteConfig defaults = defaults();
    return new SiteConfig(
        settings.at("site.files").pathOrNull(),
        settings.at("site.unknown-devices").word(UnknownDevices.class, defaults.unknown()),
        settings
            .at("site.silent-after")
            .duration(Duration.ofSeconds(10), Duration.ofDays(30), defaults.silentAfter()));
  }

  /** The same with a folder to import from. */
  public SiteConfig from(@Nullable Path folder) {
    return new SiteConfig(folder, unknown, silentAfter);
  }
}
