package dev.hologrid.gateway.command;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.AlertRecord;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.JournalView;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.testing.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a server has recorded in its data folder; only read, also while the server runs. */
final class Recorded {
  private static final long DAY_MS = 86_400_000;

  /** Messages that are received at once may be written in another order. */
  private static final long OUT_OF_ORDER_MS = 10_000;

  private final Path data;
  private final JournalView readings;
  private final JournalView alerts;

  Recorded(Path data) {
    this.data = data;
    this.readings = new JournalView(data.resolve("journal/readings"));
    this.alerts = new JournalView(data.resolve("journal/alerts"));
  }

  /** Is there a journal of readings? */
  boolean exists() {
    return readings.exists();
  }

  boolean hasAlerts() {
    return alerts.exists();
  }

  /** The messages in the order of their offsets, until {@code each} wants no more. */
  void messages(Predicate<ReadingCodec.Message> each) throws IOException {
    messages(Long.MIN_VALUE, each);
  }

  /** The same from the receipt of {@code from} on, epoch milliseconds. */
  void messages(long from, Predicate<ReadingCodec.Message> each) throws IOException {
    ReadingCodec codec = new ReadingCodec();
    readings.read(
        from == Long.MIN_VALUE ? from : from - OUT_OF_ORDER_MS,
        (offset, record) -> codec.decode(offset, record).receivedAt(),
        (offset, record) -> {
          ReadingCodec.Message message = codec.decode(offset, record);
          return message.receivedAt() < from || each.test(message);
        });
  }

  /** A message's readings as rules see them: without those of the server itself. */
  static List<Reading> judged(ReadingCodec.Message message) {
    return message.readings().stream()
        .filter(each -> !DeviceRegistry.OWN_KIND.equals(each.shape().kind()))
        .toList();
  }

  /** The alert events in the order in which they happened. */
  void alerts(Consumer<AlertRecord> each) throws IOException {
    alerts.read(
        (offset, record) -> {
          each.accept(AlertJson.read(offset, record));
          return true;
        });
  }

  /** The devices as they are provisioned now. */
  List<Device> devices() {
    Site site = new Site(SiteConfig.defaults(), data.resolve("site"));
    site.start();
    DeviceRegistry registry = new DeviceRegistry(site, SiteConfig.defaults(), () -> 0);
    return registry.rulesDevices();
  }

  /** What devices said in the day before the newest message. */
  Seen seenInLastDay() throws IOException {
    long[] newest = {0};
    ReadingCodec codec = new ReadingCodec();
    readings.read(
        Long.MAX_VALUE, // no further back than the last of it
        (offset, record) -> codec.decode(offset, record).receivedAt(),
        (offset, record) -> {
          newest[0] = Math.max(newest[0], codec.decode(offset, record).receivedAt());
          return true;
        });
    Seen seen = new Seen();
    devices().forEach(seen::device);
    messages(
        newest[0] - DAY_MS + 1,
        message -> {
          judged(message).forEach(seen::reading);
          return true;
        });
    return seen;
  }
}
