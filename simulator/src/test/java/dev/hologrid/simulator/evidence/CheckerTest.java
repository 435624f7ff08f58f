package dev.hologrid.simulator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.simulator.fleet.Payload;
import dev.hologrid.simulator.ledger.Ledger;
import dev.hologrid.simulator.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each invariant is seen to hold, and seen to be broken. */
class CheckerTest {
  @TempDir Path folder;
  private Path ledger;

  @BeforeAll
  static void room_for_the_database_driver() throws Exception {
    Path unused = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @BeforeEach
  void three_sent_two_acknowledged() throws Exception {
    ledger = folder.resolve("ledger.ndjson");
    try (Ledger book = Ledger.open(ledger)) {
      for (int seq = 1; seq <= 3; seq++) {
        book.sent(message(seq, 1_000L + seq), 5);
      }
      book.sent(message(4, 0), 5);
      book.acked(message(1, 1_001), 6);
      book.acked(message(2, 1_002), 6);
      book.acked(message(4, 0), 6);
    }
  }

  private static Message message(long seq, long time) {
    byte[] topic = "t".getBytes(StandardCharsets.UTF_8);
    byte[] payload = Payload.of(time, seq, Map.of("obscuration", 0.2));
    return new Message("sm-1", seq, time, topic, payload, false);
  }

  @Test
  void everything_acknowledged_is_stored_and_an_unacknowledged_message_may_be() throws Exception {
    Checker.Report report = check(stored(1_001, 0.2), stored(1_002, 0.2), stored(1_003, 0.2));
    assertThat(report.holds()).as(report.complaint()).isTrue();
    assertThat(report.lost()).isZero();
  }

  @Test
  void an_acknowledged_message_that_is_not_stored_is_lost() throws Exception {
    Checker.Report report = check(stored(1_001, 0.2));
    assertThat(report.lost()).isEqualTo(1);
    assertThat(broken(report)).containsExactly("I1");
    assertThat(report.detail("I1")).contains("sm-1 seq 2");
  }

  @Test
  void a_message_that_was_quarantined_is_not_lost() throws Exception {
    Path quarantine = folder.resolve("quarantine.ndjson");
    String payload = java.util.Base64.getEncoder().encodeToString(message(2, 1_002).payload());
    Files.writeString(quarantine, "{\"payload\":\"" + payload + "\"}\n");
    Path readings = Files.write(folder.resolve("readings.ndjson"), List.of(stored(1_001, 0.2)));
    Evidence evidence =
        new Evidence(ledger, readings, quarantine, null, null, null, null, null, null);
    assertThat(Checker.check(evidence).holds()).isTrue();
  }

  @Test
  void a_changed_value_and_a_moment_never_sent_are_invented() throws Exception {
    assertThat(broken(check(stored(1_001, 0.3), stored(1_002, 0.2)))).contains("I2");
    assertThat(broken(check(stored(1_001, 0.2), stored(1_002, 0.2), stored(7_777, 0.2))))
        .containsExactly("I2");
  }

  @Test
  void a_repeat_is_allowed_and_first_occurrences_out_of_order_are_not() throws Exception {
    assertThat(check(stored(1_001, 0.2), stored(1_002, 0.2), stored(1_001, 0.2)).holds()).isTrue();
    assertThat(broken(check(stored(1_002, 0.2), stored(1_001, 0.2)))).containsExactly("I5");
  }

  @Test
  void a_torn_last_line_of_a_killed_sender_is_left_out() throws Exception {
    Files.writeString(ledger, Files.readString(ledger) + "{\"sent\":\"sm-1\",\"se");
    assertThat(check(stored(1_001, 0.2), stored(1_002, 0.2)).holds()).isTrue();
  }

  @Test
  void books_that_do_not_balance_and_too_much_memory_are_seen() throws Exception {
    String good =
        "{\"received\":3.0,\"stored\":2.0,\"quarantined\":0.0,\"inFlight\":1.0,\"residentMiB\":9,"
            + "\"limitMiB\":10}";
    assertThat(broken(watched(good))).isEmpty();
    assertThat(broken(watched(good, good.replace("\"inFlight\":1.0", "\"inFlight\":0.0"))))
        .containsExactly("I4");
    assertThat(broken(watched(good.replace(":9,", ":11,")))).containsExactly("I12");
  }

  @Test
  void an_alarm_needs_one_alert_in_one_incident() throws Exception {
    String id = "chaos-smoke/sm-1/0";
    assertThat(broken(alerts(List.of(raised(id)), id))).isEmpty();
    Checker.Report missing = alerts(List.of());
    assertThat(broken(missing)).containsExactly("I3");
    assertThat(missing.lost()).isEqualTo(1);
    assertThat(alerts(List.of(raised(id))).lost()).isEqualTo(1);
    assertThat(alerts(List.of(raised(id), raised(id)), id).doubled()).isEqualTo(1);
    assertThat(alerts(List.of(raised(id)), id, id).doubled()).isEqualTo(1);
    String strange = "chaos-smoke/sm-1/9";
    assertThat(alerts(List.of(raised(id), raised(strange)), id, strange).doubled()).isEqualTo(1);
  }

  @Test
  void a_changed_event_breaks_the_audit_chain() throws Exception {
    String id = "chaos-smoke/sm-1/0";
    Checker.Report unused = alerts(List.of(raised(id)), id);
    try (Connection db = DriverManager.getConnection(database());
        Statement sql = db.createStatement()) {
      sql.executeUpdate("update incident_events set by_whom = 'nobody'");
    }
    assertThat(broken(Checker.check(evidence()))).containsExactly("I9");
  }

  @Test
  void a_replay_that_differs_is_seen() throws Exception {
    String id = "chaos-smoke/sm-1/0";
    Checker.Report unused = alerts(List.of(raised(id)), id);
    Path rebuilt = Files.write(folder.resolve("rebuilt.ndjson"), List.of(raised(id)));
    Evidence of = evidence();
    Evidence with =
        new Evidence(
            ledger, of.readings(), null, of.alerts(), of.database(), null, null, rebuilt, null);
    assertThat(broken(Checker.check(with))).isEmpty();
    Files.writeString(rebuilt, raised(id).replace("RAISED", "CLEARED") + "\n");
    assertThat(broken(Checker.check(with))).containsExactly("I7");
  }

  private static List<String> broken(Checker.Report report) {
    return report.verdicts().stream().filter(Verdict::broken).map(Verdict::id).toList();
  }

  private Checker.Report check(String... lines) throws Exception {
    Path readings = Files.write(folder.resolve("readings.ndjson"), Arrays.asList(lines));
    return Checker.check(Evidence.of(ledger, readings));
  }

  private Checker.Report watched(String... looks) throws Exception {
    Path watch = Files.write(folder.resolve("watch.ndjson"), Arrays.asList(looks));
    Path readings =
        Files.write(
            folder.resolve("readings.ndjson"), List.of(stored(1_001, 0.2), stored(1_002, 0.2)));
    return Checker.check(new Evidence(ledger, readings, null, null, null, watch, null, null, null));
  }

  private static String raised(String id) {
    return "{\"kind\":\"RAISED\",\"at\":1001,\"alert\":{\"id\":\"" + id + "\"}}";
  }

  /** One incident in a database of the gateway's own form, told of each alert in turn. */
  private Checker.Report alerts(List<String> lines, String... told) throws Exception {
    Files.write(folder.resolve("alerts.ndjson"), lines);
    Files.write(folder.resolve("readings.ndjson"), List.of(stored(1_001, 0.2), stored(1_002, 0.2)));
    Files.deleteIfExists(folder.resolve("incidents.db"));
    try (Connection db = DriverManager.getConnection(database());
        Statement sql = db.createStatement()) {
      sql.executeUpdate("create table incidents (id text, origin text)");
      sql.executeUpdate("create table incident_alerts (alert text primary key, incident text)");
      sql.executeUpdate(
          "create table incident_events (seq integer, incident text, version integer, at integer,"
              + " by_whom text, name text, detail text, hash text)");
      if (told.length > 0) {
        sql.executeUpdate("insert into incidents values ('i1', 'SENSOR')");
      }
      String hash = "0".repeat(64);
      for (int i = 0; i < told.length; i++) {
        sql.executeUpdate("insert or ignore into incident_alerts values ('" + told[i] + "', 'i1')");
        String name = i == 0 ? "opened" : "alert_joined";
        String detail = "{\"alert\":\"" + told[i] + "\"}";
        hash = chained(hash, (i + 1) + "", "i1", (i + 1) + "", "7", "system", name, detail);
        sql.executeUpdate(
            "insert into incident_events values (%d, 'i1', %d, 7, 'system', '%s', '%s', '%s')"
                .formatted(i + 1, i + 1, name, detail, hash));
      }
    }
    return Checker.check(evidence());
  }

  private static String chained(String... fields) throws Exception {
    java.security.MessageDigest sha256 = java.security.MessageDigest.getInstance("SHA-256");
    for (String each : fields) {
      sha256.update((each.length() + ":" + each).getBytes(StandardCharsets.UTF_8));
    }
    return java.util.HexFormat.of().formatHex(sha256.digest());
  }

  private String database() {
    return "jdbc:sqlite:" + folder.resolve("incidents.db");
  }

  private Evidence evidence() {
    return new Evidence(
        ledger,
        folder.resolve("readings.ndjson"),
        null,
        folder.resolve("alerts.ndjson"),
        database(),
        null,
        null,
        null,
        null);
  }

  private static String stored(long time, double obscuration) {
    return "{\"offset\":%d,\"device\":\"sm-1\",\"kind\":\"smoke\",\"time\":%d,\"receivedAt\":%d,\"values\":{\"obscuration\":%s}}"
        .formatted(time - 1_001, time, time, obscuration);
  }
}
