package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code alerting}.
 *
 * @param rules the folder of rule files, read anew when one changes; null: there are none
 * @param pack whether the shipped rules run beside them; a file of the folder that is named as one
 *     of theirs stands in its place
 * @param lateness how long a reading may be under way and still be put in order; alerts come so
 *     much later
 * @param snapshotEvery how often the engine's state is kept, which bounds the replay at a start
 * @param history how many alerts the log remembers beside those that fire
 */
public record AlertingConfig(
    @Nullable Path rules, boolean pack, Duration lateness, Duration snapshotEvery, int history) {
  /** The shipped rules, as readings arrive, a snapshot each 10 seconds, 100,000 alerts. */
  public static AlertingConfig defaults() {
    return new AlertingConfig(null, true, Duration.ZERO, Duration.ofSeconds(10), 100_000);
  }

  public static AlertingConfig read(Settings settings) {
    AlertingConfig defaults = defaults();
    return new AlertingConfig(
        settings.at("alerting.rules").pathOrNull(),
        settings.at("alerting.pack").flag(defaults.pack()),
        settings
            .at("alerting.lateness")
            .duration(Duration.ZERO, Duration.ofHours(1), defaults.lateness()),
        settings
            .at("alerting.snapshot-every")
            .duration(Duration.ofSeconds(1), Duration.ofHours(1), defaults.snapshotEvery()),
        settings.at("alerting.history").integer(1_000, 10_000_000, defaults.history()));
  }

  /** The same with or without the shipped rules. */
  public AlertingConfig withPack(boolean with) {
    return new AlertingConfig(rules, with, lateness, snapshotEvery, history);
  }

  /** The same with a folder of rule files. */
  public AlertingConfig withRules(@Nullable Path folder) {
    return new AlertingConfig(folder, pack, lateness, snapshotEvery, history);
  }
}
