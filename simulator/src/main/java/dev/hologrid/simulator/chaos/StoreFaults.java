package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.PostgresProcess;
import dev.hologrid.simulator.process.VictoriaMetricsProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the gateway writes to is away, slow, forgetful or locked. */
final class StoreFaults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SAID = Duration.ofSeconds(15);
  private static final Duration CAUGHT_UP = Duration.ofSeconds(90);
  private static final Duration FOUND = Duration.ofSeconds(30);

  private StoreFaults() {}

  static List<Fault> all() {
    List<String> victoria = List.of("victoria-metrics");
    return List.of(
        new Fault("F7", "archive killed, away, asleep", victoria, true, StoreFaults::away),
        new Fault("F8", "archive forgets by kill -9", victoria, false, StoreFaults::forgets),
        new Fault("F17", "SQLite locked by another process", List.of(), true, StoreFaults::locked),
        new Fault(
            "F17a",
            "PostgreSQL crashes, sessions ended",
            List.of("setpriv"),
            false,
            StoreFaults::postgres));
  }

  private static VictoriaMetricsProcess archive(Bench bench)
      throws IOException, InterruptedException {
    VictoriaMetricsProcess store = VictoriaMetricsProcess.start(bench.folder().resolve("archive"));
    bench.set("archive.kind", "victoria-metrics");
    bench.set("archive.url", store.url());
    return store;
  }

  private static Row away(Bench bench) throws IOException, InterruptedException {
    try (VictoriaMetricsProcess store = archive(bench)) {
      GatewayProcess gateway = bench.gateway();
      Child fleet = bench.fleet();
      bench.pause(2_000);
      int survived = 0;
      store.kill();
      boolean said = names(gateway, "archive");
      bench.pause(bench.campaign().shortRun() ? 3_000 : 60_000);
      survived += bench.well(gateway, fleet) && said ? 1 : 0;
      store.startAgain();
      survived += caughtUp(bench, gateway) ? 1 : 0;
      store.signal("STOP");
      bench.pause(bench.campaign().shortRun() ? 3_000 : 30_000);
      boolean accepting = bench.well(gateway, fleet);
      store.signal("CONT");
      survived += accepting && caughtUp(bench, gateway) ? 1 : 0;
      return row(bench, store, gateway, "F7", 3, survived);
    }
  }

  private static Row forgets(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(20, 3);
    try (VictoriaMetricsProcess store = archive(bench)) {
      GatewayProcess gateway = bench.gateway();
      Child fleet = bench.fleet();
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(bench.random().nextLong(1_000, 4_000));
        store.kill();
        store.startAgain();
        survived += bench.well(gateway, fleet) ? 1 : 0;
      }
      return row(bench, store, gateway, "F8", rounds, survived);
    }
  }

  private static Row row(
      Bench bench,
      VictoriaMetricsProcess store,
      GatewayProcess gateway,
      String id,
      int rounds,
      int survived)
      throws IOException, InterruptedException {
    bench.endFleets();
    boolean all =
        Waiting.until(
            CAUGHT_UP, () -> gateway.labelled("hologrid_follower_lag_records", "archive") == 0);
    Path rows = bench.folder().resolve("archive.ndjson");
    writeAll(bench, store, rows);
    bench.evidence(bench.evidence().withArchive(rows));
    Checker.Report report = bench.settle(gateway);
    return bench.row(id, rounds, all ? survived : 0, report, report.detail("I6"));
  }

  private static boolean caughtUp(Bench bench, GatewayProcess gateway) throws InterruptedException {
    long from = System.nanoTime();
    boolean all =
        Waiting.until(
            CAUGHT_UP,
            () ->
                gateway.labelled("hologrid_follower_lag_records", "archive") < 5_000
                    && Watch.complaints(gateway).isEmpty());
    bench.recovered(Bench.since(from));
    return all;
  }

  /** I11: within a few seconds health names the part. */
  static boolean names(GatewayProcess gateway, String part) throws InterruptedException {
    return Waiting.until(
        SAID, () -> Watch.complaints(gateway).stream().anyMatch(each -> each.startsWith(part)));
  }

  /** Until an export has no more than the one before: what was just written is found late. */
  private static void writeAll(Bench bench, VictoriaMetricsProcess store, Path to)
      throws IOException, InterruptedException {
    int before = -1;
    int now = write(store, to);
    long end = System.nanoTime() + FOUND.toNanos();
    while (now != before && System.nanoTime() < end) {
      bench.pause(3_000);
      before = now;
      now = write(store, to);
    }
  }

  /** One line for each device and moment; two where a series has the moment twice. */
  private static int write(VictoriaMetricsProcess store, Path to)
      throws IOException, InterruptedException {
    Map<String, Integer> most = new HashMap<>();
    try (Stream<String> series = store.export()) {
      for (String line : (Iterable<String>) series::iterator) {
        JsonNode node = JSON.readTree(line);
        String device = node.path("metric").path("device").asText();
        if (node.path("metric").path("__name__").asText().startsWith("watchdog_")) {
          continue; // the gateway's own
        }
        Map<String, Integer> mine = new HashMap<>();
        for (JsonNode time : node.path("timestamps")) {
          mine.merge(device + " " + time.asLong(), 1, Integer::sum);
        }
        mine.forEach((key, count) -> most.merge(key, count, Math::max));
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, Integer> each : most.entrySet()) {
        String[] key = each.getKey().split(" ", 2);
        for (int i = 0; i < each.getValue(); i++) {
          out.write("{\"device\":\"" + key[0] + "\",\"time\":" + key[1] + "}\n");
        }
      }
    }
    return most.size();
  }

  private static Row locked(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(5, 1);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    for (int i = 0; i < rounds; i++) {
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + bench.data().resolve("incidents.db"));
          Statement sql = other.createStatement()) {
        sql.execute("pragma busy_timeout = 20000");
        sql.execute("begin exclusive");
        bench.pause(bench.campaign().shortRun() ? 7_000 : 12_000);
        boolean accepting = bench.well(gateway, fleet);
        sql.execute("rollback");
        survived += accepting && followersWell(bench, gateway) ? 1 : 0;
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
    return bench.row("F17", rounds, survived, gateway, "");
  }

  private static boolean followersWell(Bench bench, GatewayProcess gateway)
      throws InterruptedException {
    long from = System.nanoTime();
    boolean well = Waiting.until(Duration.ofSeconds(30), () -> Watch.complaints(gateway).isEmpty());
    bench.recovered(Bench.since(from));
    return well;
  }

  private static Row postgres(Bench bench) throws IOException, InterruptedException {
    if (!PostgresProcess.installed()) {
      return Row.notRun("F17a", "postgresql");
    }
    int rounds = bench.campaign().rounds(10, 2);
    try (PostgresProcess database = PostgresProcess.start()) {
      bench.set("incidents.url", database.url());
      bench.set("incidents.user", PostgresProcess.USER);
      bench.evidence(
          bench.evidence().withDatabase(database.url() + "?user=" + PostgresProcess.USER));
      GatewayProcess gateway = bench.gateway();
      Child fleet = bench.fleet();
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        for (int j = 0; j < 10; j++) {
          bench.pause(bench.random().nextLong(50, 300));
          database.terminateSessions();
        }
        boolean sessions = bench.well(gateway, fleet) && followersWell(bench, gateway);
        database.crash();
        boolean crash = bench.well(gateway, fleet) && followersWell(bench, gateway);
        survived += sessions && crash ? 1 : 0;
      }
      return bench.row("F17a", rounds, survived, gateway, "");
    }
  }
}
