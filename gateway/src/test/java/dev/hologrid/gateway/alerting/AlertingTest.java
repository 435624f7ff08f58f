package dev.hologrid.gateway.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingTest {
  private static final long T = 1_790_000_000_000L;
  private static final Shape SHAPE =
      new Shape("smoke", List.of("obscuration"), List.of(Shape.Type.NUMBER));

  @TempDir Path temp;

  /** A gateway's alerting half over one data folder, with a clock of the test. */
  private static final class Half implements AutoCloseable {
    final FileJournal readings;
    final FileJournal alerts;
    final Alerting alerting;
    final AlertLog log;
    final AtomicLong clock = new AtomicLong(T);
    private final ReadingCodec codec = new ReadingCodec();

    Half(Path data, @Nullable Path rules) throws IOException {
      JournalConfig config = JournalConfig.defaults();
      readings = FileJournal.open("readings", data.resolve("journal/readings"), config);
      alerts = FileJournal.open("alerts", data.resolve("journal/alerts"), config);
      Site site = new Site(SiteConfig.defaults(), data.resolve("site"));
      DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), clock::get);
      AlertingConfig fast =
          new AlertingConfig(rules, rules == null, Duration.ZERO, Duration.ofMillis(30), 1_000);
      alerting =
          new Alerting(
              readings,
              alerts,
              devices,
              new ToyEngine.Maker(),
              fast,
              data.resolve("engine"),
              clock::get);
      log = new AlertLog(alerts, site, fast);
    }

    Half start() throws IOException {
      alerting.start();
      log.start();
      return this;
    }

    void append(List<Reading> given) throws InterruptedException {
      CountDownLatch stored = new CountDownLatch(given.size());
      for (Reading each : given) {
        readings.append(
            codec.encode("test", each.receivedAt(), List.of(each)),
            new Journal.Appended() {
              @Override
              public void stored(long offset) {
                stored.countDown();
              }

              @Override
              public void failed(Throwable cause) {
                throw new AssertionError(cause);
              }
            });
      }
      assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
    }

    List<String> keys() {
      List<String> keys = new ArrayList<>();
      try (Journal.Reader reader = alerts.reader(0)) {
        while (reader.read(1_000, (at, bytes) -> keys.add(AlertJson.read(at, bytes).key())) > 0) {}
      }
      return keys;
    }

    @Override
    public void close() {
      alerting.close();
      log.close();
      readings.close();
      alerts.close();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static Reading reading(String device, long time, double value) {
    return new Reading(device, SHAPE, time, time, 0, 0, new double[] {value}, null);
  }

  private static List<Reading> trace(int count, long seed) {
    Random random = new Random(seed);
    List<Reading> trace = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String device = "sm-" + random.nextInt(20);
      trace.add(reading(device, T + i * 400L, random.nextInt(10) == 0 ? 0.1 : 0.9));
    }
    return trace;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (Files.exists(each)) {
          Files.copy(each, target);
        }
      }
    }
  }

  @Test
  void killed_anywhere_and_started_again_it_writes_the_same_alerts_once() throws Exception {
    List<Reading> trace = trace(4_000, 7);
    List<String> expected;
    try (Half whole = new Half(temp.resolve("whole"), null).start()) {
      whole.append(trace);
      await(() -> whole.alerting.lag() == 0);
      whole.alerting.close();
      expected = whole.keys();
    }
    assertThat(expected).hasSizeGreaterThan(50).doesNotHaveDuplicates();

    Path data = temp.resolve("0");
    int at = 0;
    for (int round = 1; round <= 6; round++) {
      Path image = temp.resolve(String.valueOf(round));
      try (Half half = new Half(data, null).start()) {
        int to = round == 6 ? trace.size() : at + 650;
        half.append(trace.subList(at, to));
        at = to;
        if (round % 2 == 0) {
          await(() -> half.alerting.lag() == 0);
        }
        copy(data, image); // what a kill at this moment leaves on the disk, with its torn ends
      }
      data = image;
    }
    try (Half last = new Half(data, null).start()) {
      await(() -> last.alerting.lag() == 0);
      last.alerting.close();
      assertThat(last.keys()).doesNotHaveDuplicates();
      assertThat(new HashSet<>(last.keys())).isEqualTo(new HashSet<>(expected));
    }
  }

  @Test
  void a_hold_in_progress_goes_on_over_a_restart() throws Exception {
    Path data = temp.resolve("data");
    try (Half half = new Half(data, null).start()) {
      half.append(List.of(reading("a", T, 0.9), reading("a", T + 3_000, 0.9)));
      await(() -> half.alerting.lag() == 0);
    }
    try (Half again = new Half(data, null).start()) {
      assertThat(again.keys()).isEmpty();
      again.append(List.of(reading("a", T + 5_000, 0.9)));
      await(() -> again.log.firing() == 1);
      assertThat(again.log.list(AlertLog.Filter.any(), 10, null).alerts().getFirst().id().key())
          .isEqualTo("high/a/0");
      await(() -> again.alerting.latency().count() == 1);
    }
  }

  @Test
  void silence_is_noticed_while_nothing_comes_in_and_not_again_after_a_kill() throws Exception {
    Path data = temp.resolve("data");
    Path image = temp.resolve("image");
    try (Half half = new Half(data, null).start()) {
      half.append(List.of(reading("a", T, 0.1)));
      await(() -> half.alerting.lag() == 0);
      for (int i = 0; half.log.firing() == 0; i++) {
        half.clock.set(T + i * 1_000L);
        assertThat(i).isLessThan(5_000);
        LockSupport.parkNanos(5_000_000);
      }
      copy(data, image);
    }
    try (Half again = new Half(image, null)) {
      again.clock.set(T + 200_000);
      again.start();
      again.append(List.of(reading("a", T + 200_000, 0.1)));
      await(() -> again.log.firing() == 0 && again.log.cleared() == 1);
      assertThat(again.keys()).hasSize(2);
    }
  }

  @Test
  void bad_rules_stop_a_start_and_never_replace_good_ones() throws Exception {
    Path rules = Files.createDirectories(temp.resolve("rules"));
    Files.writeString(rules.resolve("a.yaml"), "bad");
    try (Half half = new Half(temp.resolve("data"), rules)) {
      assertThatThrownBy(half.alerting::start).hasMessageContaining("a.yaml:1:1: error: not good");
      Files.writeString(rules.resolve("a.yaml"), "good");
      half.start();
      assertThat(half.alerting.check().word()).isEqualTo("ok");
      Files.writeString(rules.resolve("b.yaml"), "worse");
      await(() -> half.alerting.check().why().contains("b.yaml:1:1: error"));
      Files.delete(rules.resolve("b.yaml"));
      await(() -> half.alerting.check().word().equals("ok"));
    }
  }

  @Test
  void a_defect_at_one_reading_is_shown_and_stops_no_other() throws Exception {
    try (Half half = new Half(temp.resolve("data"), null).start()) {
      half.append(
          List.of(reading("a", T, 0.9), reading("defect", T, 1), reading("a", T + 5_000, 0.9)));
      await(() -> half.log.firing() == 1);
      assertThat(half.alerting.check().why()).contains("1 failures").contains("defect");
    }
  }
}
