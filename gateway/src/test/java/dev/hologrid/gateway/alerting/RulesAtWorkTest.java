package dev.hologrid.gateway.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
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
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule files and silences at a running gateway, over real journals. */
class RulesAtWorkTest {
  private static final long T = 1_790_000_000_000L;
  private static final Shape HEAT =
      new Shape("smoke", List.of("temperature"), List.of(Shape.Type.NUMBER));
  private static final String HOT =
      """
      groups:
        - name: heat
          rules:
            - alert: hot
              on: smoke
              expr: temperature > 50
              labels: { severity: major, category: OVERHEAT }
      """;
  private static final String COLD =
      """
            - alert: cold
              on: smoke
              expr: temperature < 0
              labels: { severity: info, category: FAULT }
      """;

  @TempDir Path temp;
  private Path rules = Path.of(".");
  private boolean pack;
  private long offset;

  @BeforeEach
  void write() throws IOException {
    rules = Files.createDirectory(temp.resolve("rules"));
    rules("hot.yaml", HOT);
  }

  private void rules(String name, String text) throws IOException {
    Files.writeString(rules.resolve(name), text);
  }

  private final class Half implements AutoCloseable {
    final FileJournal readings;
    final FileJournal alerts;
    final Alerting alerting;

    Half() throws IOException {
      Path data = temp.resolve("data");
      JournalConfig config = JournalConfig.defaults();
      readings = FileJournal.open("readings", data.resolve("journal/readings"), config);
      alerts = FileJournal.open("alerts", data.resolve("journal/alerts"), config);
      Site site = new Site(SiteConfig.defaults(), data.resolve("site"));
      DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), () -> T);
      alerting =
          new Alerting(
              readings,
              alerts,
              devices,
              new AlertingConfig(rules, pack, Duration.ZERO, Duration.ofMillis(50), 1_000),
              data.resolve("engine"),
              () -> T);
      alerting.start();
    }

    void say(String device, double temperature) throws InterruptedException {
      CountDownLatch stored = new CountDownLatch(1);
      long time = T + offset * 1_000;
      Reading reading =
          new Reading(device, HEAT, time, time, offset++, 0, new double[] {temperature}, null);
      readings.append(
          new ReadingCodec().encode("test", time, List.of(reading)),
          new Journal.Appended() {
            @Override
            public void stored(long at) {
              stored.countDown();
            }

            @Override
            public void failed(Throwable cause) {
              throw new AssertionError(cause);
            }
          });
      assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
    }

    List<String> events() {
      List<String> all = new ArrayList<>();
      try (Journal.Reader reader = alerts.reader(0)) {
        while (reader.read(
                1_000,
                (at, bytes) -> {
                  var event = AlertJson.read(at, bytes).event();
                  all.add(event.kind() + " " + event.alert().id().key());
                })
            > 0) {}
      }
      return all;
    }

    List<String> names() {
      return alerting.running().stream().map(RunningRule::name).toList();
    }

    @Override
    public void close() {
      alerting.close();
      readings.close();
      alerts.close();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void a_bad_file_keeps_the_running_rules_and_is_told_with_its_place() throws Exception {
    try (Half half = new Half()) {
      half.say("sm-1", 60);
      await(() -> half.events().size() == 1);
      rules("more.yaml", "groups: [{ name: g, rules: [{ alert: odd, expr: temprature > 1 }] }]\n");
      await(() -> !half.alerting.issues().isEmpty());
      assertThat(half.alerting.issues().getFirst())
          .contains("more.yaml:1:")
          .contains("error: ")
          .contains("^");
      assertThat(String.join("\n", half.alerting.issues())).contains("did you mean 'temperature'?");
      assertThat(half.alerting.check()).isInstanceOf(Check.Degraded.class);
      assertThat(half.alerting.check().why()).contains("more.yaml:1:");
      assertThat(half.names()).containsExactly("hot");

      Files.delete(rules.resolve("more.yaml"));
      rules("hot.yaml", HOT + COLD);
      await(() -> half.names().size() == 2);
      await(() -> half.alerting.issues().isEmpty());
      // the rule that says the same goes on: its alert is neither cleared nor raised again
      half.say("sm-1", 40);
      await(() -> half.events().size() == 2);
      assertThat(half.events()).containsExactly("RAISED hot/sm-1/0", "CLEARED hot/sm-1/0");
    }
  }

  @Test
  void the_shipped_rules_run_beside_those_of_the_folder_which_may_replace_a_file()
      throws Exception {
    pack = true;
    rules("access.yaml", HOT.replace("hot", "door-forced").replace("heat", "access"));
    try (Half half = new Half()) {
      assertThat(half.names())
          .contains("hot", "smoke-alarm", "door-forced", "power-fault")
          .doesNotContain("door-held-open", "duress");
      assertThat(half.alerting.files())
          .containsOnlyKeys("pack/fire.yaml", "pack/device.yaml", "access.yaml", "hot.yaml");
    }
  }

  @Test
  void a_running_set_without_rules_and_files_of_no_use_are_told() throws Exception {
    Files.delete(rules.resolve("hot.yaml"));
    try (Half half = new Half()) {
      assertThat(half.alerting.check()).isInstanceOf(Check.Degraded.class);
      assertThat(half.alerting.check().why()).contains("no rule runs");

      rules("hot.yaml", HOT);
      await(() -> half.names().contains("hot"));
      await(() -> half.alerting.check().word().equals("ok"));
      // a file that was emptied takes no rule away
      rules("hot.yaml", "");
      await(() -> !half.alerting.issues().isEmpty());
      assertThat(half.alerting.issues().getFirst())
          .contains("hot.yaml:1:1")
          .contains("there are no groups");
      assertThat(half.names()).containsExactly("hot");
      rules("hot.yaml", HOT + COLD);
      await(() -> half.alerting.issues().isEmpty());
      assertThat(half.names()).containsExactly("hot", "cold");

      Files.writeString(rules.resolve("gbk.yaml"), "# 烟感\n" + HOT, Charset.forName("GBK"));
      await(() -> !half.alerting.issues().isEmpty());
      assertThat(half.alerting.issues().getFirst()).contains("gbk.yaml is not UTF-8: save it as");
      assertThat(half.names()).containsExactly("hot", "cold");
      Files.delete(rules.resolve("gbk.yaml"));
      await(() -> half.alerting.issues().isEmpty());
    }
  }

  @Test
  void a_file_counts_once_two_looks_in_a_row_are_equal() throws Exception {
    RuleFolder folder = new RuleFolder(rules);
    assertThat(folder.read()).hasSize(1);
    assertThat(folder.changed()).isFalse();
    rules("hot.yaml", "");
    assertThat(folder.changed()).as("it may still be written").isFalse();
    rules("hot.yaml", HOT + COLD);
    assertThat(folder.changed()).isFalse();
    assertThat(folder.changed()).isTrue();
    assertThat(folder.read()).containsExactly(new Engine.RuleText("hot.yaml", HOT + COLD));
    assertThat(folder.changed()).isFalse();
  }

  @Test
  void a_silence_holds_back_over_a_restart_until_it_is_taken_away() throws Exception {
    Silence silence =
        new Silence(
            "s-1",
            "works",
            List.of("hot"),
            List.of("sm-1"),
            "",
            Map.of(),
            T,
            T + 3_600_000,
            "anna");
    try (Half half = new Half()) {
      half.alerting.silence(silence);
      half.say("sm-1", 60);
      half.say("sm-2", 60);
      await(() -> half.events().size() == 1);
      assertThat(half.events()).containsExactly("RAISED hot/sm-2/1");
    }
    try (Half half = new Half()) {
      assertThat(half.alerting.silences()).containsExactly(silence);
      half.say("sm-3", 60);
      await(() -> half.events().size() == 2);
      assertThat(half.events()).doesNotContain("RAISED hot/sm-1/0");
      assertThat(half.alerting.unsilence("none")).isFalse();
      assertThat(half.alerting.unsilence("s-1")).isTrue();
      await(() -> half.events().contains("RAISED hot/sm-1/0"));
    }
  }
}
