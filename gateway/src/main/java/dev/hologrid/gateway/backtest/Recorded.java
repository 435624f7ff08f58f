package dev.hologrid.gateway.backtest;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.AlertRecord;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.JournalView;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.testing.AlertSpan;
import dev.hologrid.rules.testing.AlertSpans;
import dev.hologrid.rules.testing.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a server has recorded in its data folder; only read, also while the server runs. */
public final class Recorded {
  private static final long DAY_MS = 86_400_000;

  /** Messages that are received at once may be written in another order. */
  private static final long OUT_OF_ORDER_MS = 10_000;

  private final Path data;
  private final JournalView readings;
  private final JournalView alerts;

  public Recorded(Path data) {
    this.data = data;
    this.readings = new JournalView(data.resolve("journal/readings"));
    this.alerts = new JournalView(data.resolve("journal/alerts"));
  }

  /** Is there a journal of readings? */
  public boolean exists() {
    return readings.exists();
  }

  public boolean hasAlerts() {
    return alerts.exists();
  }

  /**
   * The messages that were received from {@code from} on (epoch milliseconds), in the order of
   * their offsets, until {@code each} wants no more.
   */
  public void messages(long from, Predicate<ReadingCodec.Message> each) throws IOException {
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
  public static List<Reading> judged(ReadingCodec.Message message) {
    return message.readings().stream()
        .filter(each -> !DeviceRegistry.OWN_KIND.equals(each.shape().kind()))
        .toList();
  }

  /** The alert events in the order in which they happened. */
  public void alerts(Consumer<AlertRecord> each) throws IOException {
    alerts.read(
        (offset, record) -> {
          each.accept(AlertJson.read(offset, record));
          return true;
        });
  }

  /** The alerts that were raised from {@code from} on and before {@code to}, epoch milliseconds. */
  public List<AlertSpan> raised(long from, long to) throws IOException {
    AlertSpans spans = new AlertSpans();
    if (hasAlerts()) {
      alerts(record -> spans.take(record.event()));
    }
    return spans.raised(from, to);
  }

  /** The devices as they are provisioned now. */
  public List<Device> devices() {
    Site site = new Site(SiteConfig.defaults(), data.resolve("site"));
    site.start();
    DeviceRegistry registry = new DeviceRegistry(site, SiteConfig.defaults(), () -> 0);
    return registry.rulesDevices();
  }

  /** What devices said in the day before the newest message. */
  public Seen seenInLastDay() throws IOException {
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
