package dev.hologrid.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.AlertingConfig;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./hologrid rules …} as it is called, on real files and real journals. */
class RulesCommandTest {
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
              annotations: { summary: 'Hot at {{ device }}' }
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private int rules(String... arguments) {
    out.reset();
    err.reset();
    return new CommandLine(new RulesCommand()).execute(arguments);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void check_tells_all_errors_at_once_and_loads_nothing() throws IOException {
    String wrong =
        write("wrong.yaml", HOT.replace("temperature", "temprature").replace("major", "mayor"));
    assertThat(rules("check", wrong)).isEqualTo(1);
    assertThat(said())
        .contains("wrong.yaml:6:15: error: no metric or param is named 'temprature'")
        .contains("              ^ did you mean 'temperature'?")
        .contains("wrong.yaml:7:29: error: severity is critical, major, minor or info")
        .contains("2 errors in 1 file; nothing of it would be loaded");

    assertThat(rules("check", "--json", wrong)).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(said());
    assertThat(json.path("valid").asBoolean()).isFalse();
    assertThat(json.path("issues")).hasSize(2);
    assertThat(json.path("issues").get(0).path("line").asInt()).isEqualTo(6);
    assertThat(json.path("issues").get(0).path("column").asInt()).isEqualTo(15);
    assertThat(json.path("issues").get(0).path("suggestion").asText()).contains("temperature");

    assertThat(rules("check", write("right.yaml", HOT))).isZero();
    assertThat(said()).contains("1 rule in 1 file, no error");
    assertThat(rules("check")).isZero();
    assertThat(rules("check", folder.resolve("none.yaml").toString())).isEqualTo(66);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.yaml cannot be read");

    String over =
        write(
            "over.yaml",
            """
            groups:
              - name: over
                rules:
                  - alert: two-alarms
                    same: building
                    at_least: 2
                    of: [{ alert: smoke-alarm }]
                    labels: { severity: major, category: FIRE_SMOKE }
            """);
    assertThat(rules("check", over)).isEqualTo(1);
    assertThat(said()).contains("no rule is named 'smoke-alarm'");
    assertThat(rules("check", "--pack", over)).as(said()).isZero();
    assertThat(said()).contains(" rules in 4 files, no error");

    Path gbk = folder.resolve("gbk.yaml");
    Files.writeString(gbk, "# 烟感\n" + HOT, Charset.forName("GBK"));
    assertThat(rules("check", gbk.toString())).isEqualTo(66);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("gbk.yaml is not UTF-8: save it as UTF-8");
    String test = write("gbk_test.yaml", "rule_files: [gbk.yaml]\ntests: []\n");
    assertThat(rules("test", test)).isEqualTo(1);
    assertThat(said()).contains("gbk_test.yaml:1:14").contains("is not UTF-8");
  }

  @Test
  void test_passes_fails_and_writes_junit_xml() throws Exception {
    write("hot.yaml", HOT);
    String test =
        write(
            "hot_test.yaml",
            """
            rule_files: ['*.yaml']
            tests:
              - name: is told
                input_series:
                  - { series: 'temperature{device="sm-1", kind="smoke"}', values: '40+5x4' }
                alert_rule_test:
                  - { eval_time: 2m, alertname: hot }
                  - { eval_time: 3m, alertname: hot, exp_alerts: [{ device: sm-1, value: 55 }] }
              - name: is <not> critical
                input_series:
                  - { series: 'temperature{device="sm-1", kind="smoke"}', values: '60' }
                alert_rule_test:
                  - { eval_time: 0s, alertname: hot, exp_alerts: [{ severity: critical }] }
            """);
    Path xml = folder.resolve("junit.xml");
    assertThat(rules("test", folder.toString(), "--junit", xml.toString())).isEqualTo(1);
    assertThat(said())
        .contains("  ok    is told")
        .contains("  FAIL  is <not> critical")
        .contains("hot_test.yaml:13:9: hot at 0s: expected 1 alert, found 1")
        .contains("severity: expected 'critical', found 'major'")
        .contains("1 passed, 1 failed");
    var document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile());
    assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
        .contains("expected 'critical'");

    assertThat(rules("test", "--run", "told", test)).isZero();
    assertThat(said()).contains("1 passed, 0 failed");
  }

  @Test
  void test_says_where_a_file_of_tests_is_wrong() throws IOException {
    write("hot.yaml", HOT);
    String test =
        write(
            "hot_test.yaml",
            """
            rule_files: [hot.yaml]
            tests:
              - name: is told
                input_series:
                  - { series: 'temprature{device="sm-1", kind="smoke"}', values: '40 5y' }
                alert_rule_tests: []
                alert_rule_test:
                  - { eval_time: soon, alertname: hat }
            """);
    assertThat(rules("test", test)).isEqualTo(1);
    assertThat(said())
        .contains("hot_test.yaml:5:20: error: no metric is named 'temprature'")
        .contains("did you mean 'temperature'?")
        .contains("'5y' is not a value")
        .contains("'alert_rule_tests' is not a key that belongs here")
        .contains("not a duration from the start")
        .contains("no rule is named 'hat'");
    assertThat(rules("test", write("x_test.yaml", "rule_files: [none.yaml]\ntests: []\n")))
        .isEqualTo(1);
    assertThat(said()).contains("x_test.yaml:1:14: error: no rule file 'none.yaml'");
  }

  @Test
  void the_shipped_rules_pass_their_own_tests() {
    assertThat(rules("test")).as(said()).isZero();
    assertThat(said()).contains(", 0 failed");
  }

  @Test
  void schema_and_docs_are_printed() throws IOException {
    assertThat(rules("schema")).isZero();
    assertThat(new ObjectMapper().readTree(said()).path("title").asText())
        .isEqualTo("HoloGrid rules");
    assertThat(rules("schema", "--tests")).isZero();
    assertThat(new ObjectMapper().readTree(said()).path("title").asText())
        .isEqualTo("HoloGrid rule tests");
    assertThat(rules("docs", write("hot.yaml", HOT))).isZero();
    assertThat(said()).contains("- fires when: `temperature > 50`");
  }

  private static void append(FileJournal journal, long offset, double value) throws Exception {
    CountDownLatch stored = new CountDownLatch(1);
    long time = T + offset * 10_000;
    Reading reading = new Reading("sm-1", HEAT, time, time, offset, 0, new double[] {value}, null);
    journal.append(
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

  @Test
  void backtest_explain_and_check_read_the_journals_of_a_running_server() throws Exception {
    Path rulesFolder = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rulesFolder.resolve("hot.yaml"), HOT);
    Path data = folder.resolve("data");
    JournalConfig config = JournalConfig.defaults();
    Site site = new Site(SiteConfig.defaults(), data.resolve("site"));
    DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), () -> T);
    AlertingConfig alertingConfig =
        AlertingConfig.defaults().withRules(rulesFolder).withPack(false);
    try (FileJournal readings =
            FileJournal.open("readings", data.resolve("journal/readings"), config);
        FileJournal alerts = FileJournal.open("alerts", data.resolve("journal/alerts"), config);
        Alerting alerting =
            new Alerting(
                readings, alerts, devices, alertingConfig, data.resolve("engine"), () -> T)) {
      alerting.start();
      double[] values = {40, 60, 60, 40, 52, 40};
      for (int i = 0; i < values.length; i++) {
        append(readings, i, values[i]);
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (alerts.end() < 4) {
        assertThat(System.nanoTime()).as("four events in time").isLessThan(deadline);
        LockSupport.parkNanos(2_000_000);
      }
      theSameRulesMatch(data, rulesFolder);
      otherRulesShowWhatChanges(data);
      explains(data);
      warnsOfRulesThatNothingCanFire(data);
    }
  }

  private void theSameRulesMatch(Path data, Path rulesFolder) throws IOException {
    assertThat(
            rules(
                "backtest", "--json", "--data", data.toString(), "--rules", rulesFolder.toString()))
        .isZero();
    JsonNode same = new ObjectMapper().readTree(said());
    assertThat(same.path("readings").asInt()).isEqualTo(6);
    assertThat(same.path("matched")).hasSize(2);
    assertThat(same.path("onlyNow")).isEmpty();
    assertThat(same.path("onlyThen")).isEmpty();
    assertThat(same.path("matched").get(0).path("now"))
        .isEqualTo(same.path("matched").get(0).path("then"));
    assertThat(same.path("rules").get(0).path("secondsThen").asDouble()).isEqualTo(30);
  }

  private void otherRulesShowWhatChanges(Path data) throws IOException {
    String stricter = write("new.yaml", HOT.replace("> 50", "> 55"));
    assertThat(rules("backtest", "--data", data.toString(), "--rules", stricter)).isZero();
    assertThat(said())
        .containsPattern("(?m)^= .* major +hot sm-1  20s$")
        .containsPattern("(?m)^- .* major +hot sm-1  10s$")
        .contains("= matched (1), + only now (0), - only then (1)");
    String from = String.valueOf(T + 35_000);
    assertThat(
            rules(
                "backtest",
                "--data",
                data.toString(),
                "--rules",
                stricter,
                "--from",
                from,
                "--json"))
        .isZero();
    JsonNode late = new ObjectMapper().readTree(said());
    assertThat(late.path("matched")).isEmpty();
    assertThat(late.path("onlyThen")).hasSize(1);
    assertThat(late.path("readings").asInt()).as("warm from an hour before").isEqualTo(6);
    String[] late0 = {
      "backtest", "--data", data.toString(), "--rules", stricter, "--from", from, "--json"
    };
    String[] cold = Arrays.copyOf(late0, late0.length + 2);
    cold[late0.length] = "--warm-up";
    cold[late0.length + 1] = "5s";
    assertThat(rules(cold)).isZero();
    assertThat(new ObjectMapper().readTree(said()).path("readings").asInt()).isEqualTo(3);
    cold[late0.length + 1] = "all";
    assertThat(rules(cold)).isZero();
    assertThat(new ObjectMapper().readTree(said()).path("readings").asInt()).isEqualTo(6);
    cold[late0.length + 1] = "long";
    assertThat(rules(cold)).isEqualTo(64);
    assertThat(rules("backtest", "--data", data.toString(), "--from", "yesterday")).isEqualTo(64);
    assertThat(rules("backtest", "--data", folder.resolve("no").toString())).isEqualTo(66);
  }

  private void explains(Path data) throws IOException {
    assertThat(rules("explain", "--last", "--data", data.toString())).isZero();
    assertThat(said())
        .startsWith("hot/sm-1/4\n")
        .contains("true      temperature > 50")
        .contains("52          temperature")
        .contains("4         sm-1  ")
        .containsPattern("rule hot, version [0-9a-f]{8}");
    assertThat(rules("explain", "hot/sm-1/1", "--json", "--data", data.toString())).isZero();
    JsonNode first = new ObjectMapper().readTree(said());
    assertThat(first.path("terms").get(1).path("value").asDouble()).isEqualTo(60);
    assertThat(first.path("readings").get(0).path("offset").asInt()).isEqualTo(1);
    assertThat(first.path("state").asText()).isEqualTo("resolved");
    assertThat(rules("explain", "cold/sm-1/1", "--data", data.toString())).isEqualTo(1);
    assertThat(rules("explain", "--data", data.toString())).isEqualTo(64);
  }

  private void warnsOfRulesThatNothingCanFire(Path data) throws IOException {
    String odd =
        write(
            "odd.yaml",
            "metrics: { temprature: number }\n"
                + HOT.replace("temperature", "temprature")
                + """
                      - { alert: kind, on: smok, expr: temperature > 5, labels: { severity: info, category: X } }
                """);
    assertThat(rules("check", odd, "--data", data.toString())).as(said()).isZero();
    assertThat(said())
        .contains("odd.yaml:7:15: warning: no device has metric 'temprature' in the last day")
        .contains("did you mean 'temperature'?")
        .contains("warning: no device of kind 'smok' spoke in the last day")
        .contains("did you mean 'smoke'?")
        .contains("2 rules in 1 file, no error, 2 warnings");
  }

  @Test
  void backtest_reads_a_table_wide_or_long() throws IOException {
    String wide =
        write(
            "wide.csv",
            """
            time,device,kind,temperature,smoke
            2026-11-24T08:00:00+08:00,sm-1,smoke,60,
            2026-11-24T08:00:10+08:00,sm-1,smoke,40,false
            """);
    String rules = write("hot.yaml", HOT);
    assertThat(rules("backtest", "--rules", rules, "--csv", wide)).isZero();
    assertThat(said()).containsPattern("(?m)^\\+ 2026-11-24T00:00:00.000Z +major +hot sm-1  10s$");
    String pairs =
        write(
            "long.csv",
            """
            time,device,kind,metric,value
            1790000000000,sm-1,smoke,temperature,60
            1790000010000,sm-1,smoke,temperature,40
            """);
    assertThat(rules("backtest", "--rules", rules, "--csv", pairs)).isZero();
    assertThat(said()).contains("+ only now (1)");
    String wrong = write("wrong.csv", "time,device,kind,heat\n1,a,smoke,3\n");
    assertThat(rules("backtest", "--rules", rules, "--csv", wrong)).isEqualTo(66);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("wrong.csv:2: no metric 'heat'");
  }
}
