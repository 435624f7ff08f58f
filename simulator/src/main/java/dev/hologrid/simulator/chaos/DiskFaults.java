package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The disk forgets, lies, is full, is slow, or fails. */
final class DiskFaults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LOST = Pattern.compile("offsets (\\d+) to (\\d+) lost");
  private static final long DISK_BYTES = 256L << 20;
  private static final long LEFT_BYTES = 1L << 20;
  private static final Duration FULL = Duration.ofSeconds(40);
  private static final Duration SAID = Duration.ofSeconds(15);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final String LAG = "hologrid_follower_lag_records";
  private static final String REPORT =
      "{\"category\":\"FIRE_SMOKE\",\"place\":\"440605\",\"title\":\"smoke\"}";
  private static final Duration FAILS = Duration.ofSeconds(60);

  private DiskFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F2",
            "power loss: unsynced sectors lost at random",
            List.of(),
            true,
            bench -> rehearsed(bench, "F2", "PowerLoss", bench.campaign().rounds(10_000, 150))),
        new Fault(
            "F3",
            "every byte of a segment changed, cut, zeroed",
            List.of(),
            true,
            bench -> rehearsed(bench, "F3", "Damaged", bench.campaign().shortRun() ? 7 : 1)),
        new Fault("F3a", "damaged segments under a server", List.of(), true, DiskFaults::damaged),
        new Fault(
            "F4",
            "disk full, then space again",
            List.of("mount"),
            true,
            bench -> full(bench, "F4", "none")),
        new Fault(
            "F4a",
            "disk full, the embedded archive on it too",
            List.of("mount"),
            false,
            bench -> full(bench, "F4a", "questdb")),
        new Fault("F5", "fdatasync says EIO", List.of("strace"), true, DiskFaults::fails),
        new Fault("F5a", "fdatasync takes 2 s", List.of("strace"), false, DiskFaults::slow));
  }

  /** Tens of thousands of crashes need no process each: the journal on a disk in memory. */
  private static Row rehearsed(Bench bench, String id, String rehearsal, int rounds)
      throws IOException, InterruptedException {
    List<String> line =
        Programs.gatewayTest(
            "dev.hologrid.gateway.journal." + rehearsal,
            Integer.toString(rounds),
            Long.toString(bench.random().nextLong(1_000_000)));
    if (line.isEmpty()) {
      return Row.notRun(id, "the gateway's rehearsals compiled; ./hologrid chaos does that");
    }
    long from = System.nanoTime();
    Child child =
        Child.start(line, bench.folder().resolve("rehearsal.log"), said -> said.startsWith("{"));
    if (!child.await(Duration.ofMinutes(5)) || child.last() == null) {
      child.kill();
      throw new IOException("the rehearsal did not end; see " + bench.folder());
    }
    JsonNode said = JSON.readTree(child.last());
    return new Row(
        id,
        said.path("tried").asInt(),
        said.path("survived").asInt(),
        said.path("lost").asLong(),
        0,
        0,
        "%s in %.0f s".formatted(said.path("first").asText("as it should"), Bench.since(from)));
  }

  /** A byte in the oldest segment, a sector in the newest: both named, all else served. */
  private static Row damaged(Bench bench) throws IOException, InterruptedException {
    bench.set("journal.segment-size", "1MiB");
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    boolean enough = Waiting.until(Duration.ofSeconds(60), () -> segments(bench).size() >= 4);
    bench.endFleets();
    gateway.close();
    List<Path> files = segments(bench);
    bench.damaged();
    change(files.getFirst(), files.getFirst().toFile().length() / 2, 1);
    change(files.getLast(), files.getLast().toFile().length() / 3, 512);
    gateway = bench.gateway();
    GatewayProcess asked = gateway;
    boolean named =
        Waiting.until(
            Duration.ofSeconds(10),
            () ->
                Watch.complaints(asked).stream()
                    .anyMatch(
                        each ->
                            each.contains("2 damaged places")
                                && each.contains(files.getFirst().getFileName().toString())));
    String health = String.join("; ", Watch.complaints(gateway));
    Checker.Report report = bench.settle(gateway);
    long reported = reported(bench);
    long unreported = Math.max(0, report.lost() - reported);
    String note =
        "%d of its acknowledged messages were damaged, %d offsets reported; health said: %s"
            .formatted(report.lost(), reported, health.isEmpty() ? "nothing" : health);
    boolean others =
        report.verdicts().stream()
            .allMatch(each -> List.of("I1", "I3").contains(each.id()) || !each.broken());
    boolean good = enough && named && unreported == 0 && others && Bench.acked(fleet) > 0;
    Row row = bench.row("F3a", 2, 2, report, note);
    // A message that was damaged on purpose may be the one that an alert was raised for.
    long doubled = report.doubled() - Math.min(report.unfounded(), reported);
    return new Row("F3a", 2, good ? 2 : 0, unreported, doubled, row.recoverySeconds(), note);
  }

  private static List<Path> segments(Bench bench) throws IOException {
    try (Stream<Path> files = Files.list(bench.data().resolve("journal/readings"))) {
      return files.filter(each -> each.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static void change(Path file, long at, int count) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] bytes = new byte[count];
      open.seek(at);
      open.readFully(bytes);
      for (int i = 0; i < count; i++) {
        bytes[i] ^= 0x5A;
      }
      open.seek(at);
      open.write(bytes);
    }
  }

  /** What {@code journal verify} says is lost, for every journal. */
  private static long reported(Bench bench) throws IOException, InterruptedException {
    Path log = bench.folder().resolve("verify.log");
    Child verify =
        Child.start(
            Programs.gateway(
                bench.campaign().jvm(),
                List.of("journal", "verify", "--data", bench.data().toString())),
            log,
            line -> false);
    StringBuilder said = new StringBuilder();
    boolean unused = verify.await(Duration.ofSeconds(60));
    verify.lines().forEach(each -> said.append(each).append('\n'));
    long lost = 0;
    Matcher matcher = LOST.matcher(said);
    while (matcher.find()) {
      lost += Long.parseLong(matcher.group(2)) - Long.parseLong(matcher.group(1)) + 1;
    }
    return lost;
  }

  /**
   * Every other round the disk is filled up to where the server gives its reserve back, which then
   * must be of use; in the others something else takes that as well.
   */
  private static Row full(Bench bench, String id, String archive)
      throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 2);
    bench.set("archive.kind", archive);
    bench.set("archive.port", "0");
    Path data = bench.data();
    if (!mount(data, archive.equals("none") ? DISK_BYTES : 4 * DISK_BYTES)) {
      return Row.notRun(id, "the right to mount a tmpfs");
    }
    try {
      bench.writeSite();
      GatewayProcess gateway = bench.gateway();
      Child fleet = bench.fleet();
      int survived = 0;
      List<String> wrong = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        String said = fullOnce(bench, gateway, fleet, i % 2 == 1);
        survived += said.isEmpty() ? 1 : 0;
        if (!said.isEmpty()) {
          wrong.add("round " + (i + 1) + ": " + said);
        }
      }
      Checker.Report report = bench.settle(gateway);
      return bench.row(id, rounds, survived, report, String.join("; ", wrong));
    } finally {
      bench.stopAll();
      run("umount", "-l", data.toString());
    }
  }

  /** What is wrong, or nothing. */
  private static String fullOnce(Bench bench, GatewayProcess gateway, Child fleet, boolean toTheEnd)
      throws IOException, InterruptedException {
    Path reserve = bench.data().resolve("reserve");
    // A disk that fills while the embedded archive opens keeps it away until a restart.
    if (!Waiting.until(FULL, () -> Watch.complaints(gateway).isEmpty() && Files.exists(reserve))) {
      return "not well before: " + Watch.complaints(gateway);
    }
    Path filler = bench.data().resolve("filler");
    FileStore disk = Files.getFileStore(bench.data());
    fill(filler, disk.getUsableSpace() - LEFT_BYTES);
    String wrong = whileFull(bench, gateway, fleet, reserve);
    if (toTheEnd) {
      fill(filler, disk.getUsableSpace());
      bench.pause(1_000);
      wrong += gateway.child().running() ? "" : "it ended; ";
    }
    Files.delete(filler);
    long from = System.nanoTime();
    wrong += bench.well(gateway, fleet) ? "" : "no acknowledgements with space again; ";
    boolean healthy = Waiting.until(AGAIN, () -> Watch.complaints(gateway).isEmpty());
    bench.recovered(Bench.since(from));
    wrong += healthy ? "" : "not healthy with space again: " + Watch.complaints(gateway) + "; ";
    return wrong + (Files.exists(reserve) ? "" : "no reserve again; ");
  }

  private static String whileFull(Bench bench, GatewayProcess gateway, Child fleet, Path reserve)
      throws IOException, InterruptedException {
    boolean said =
        Waiting.until(
            FULL,
            () -> {
              List<String> complaints = Watch.complaints(gateway);
              return complaints.stream()
                      .anyMatch(
                          each -> each.startsWith("journal-readings failed: the disk is full"))
                  && complaints.stream().anyMatch(each -> each.startsWith("disk-reserve degraded"));
            });
    String wrong = said ? "" : "health did not say it: " + Watch.complaints(gateway) + "; ";
    wrong += Files.exists(reserve) ? "the reserve was kept; " : "";
    bench.pause(1_500); // the fleet tells its figures once a second
    double before = Bench.acked(fleet);
    bench.pause(2_000);
    wrong += Bench.acked(fleet) == before ? "" : "acknowledged on a full disk; ";
    int status = gateway.post("/api/v1/incidents", REPORT);
    wrong += status == 201 ? "" : "a person's report was answered " + status + "; ";
    boolean taken =
        Waiting.until(
            SAID,
            () ->
                gateway.labelled(LAG, "alerting") == 0 && gateway.labelled(LAG, "incidents") == 0);
    return wrong + (taken ? "" : "alerts of what is stored wait; ");
  }

  private static void fill(Path file, long count) throws IOException {
    byte[] block = new byte[64 << 10];
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(out.length());
      for (long left = count; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(block.length, left));
      }
    } catch (IOException e) {
      // full, as wanted
    }
  }

  private static boolean mount(Path at, long size) throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** Failed for good: no acknowledgement, no second try, still up to be read and asked. */
  private static Row fails(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 1);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    String note = "";
    for (int i = 0; i < rounds; i++) {
      gateway.close();
      Path journal = segments(bench).getLast();
      Path trace = bench.folder().resolve("trace-" + i);
      gateway =
          bench.gateway(
              "strace",
              "-f",
              "-qq",
              "-o",
              trace.toString(),
              "-P",
              journal.toString(),
              "-e",
              "trace=fdatasync",
              "-e",
              "inject=fdatasync:error=EIO:when=" + (20 + 10 * i));
      String wrong = failed(bench, gateway, fleet, trace);
      note = wrong.isEmpty() ? note : wrong;
      gateway.child().kill();
      gateway = bench.gateway();
      survived += bench.well(gateway, fleet) && wrong.isEmpty() ? 1 : 0;
    }
    return bench.row("F5", rounds, survived, gateway, note);
  }

  private static String failed(Bench bench, GatewayProcess gateway, Child fleet, Path trace)
      throws IOException, InterruptedException {
    boolean said =
        Waiting.until(
            FAILS,
            () ->
                Watch.complaints(gateway).stream()
                    .anyMatch(each -> each.startsWith("journal-readings failed")));
    if (!said) {
      return "health did not say it";
    }
    bench.pause(1_500);
    double before = Bench.acked(fleet);
    bench.pause(2_000);
    if (Bench.acked(fleet) != before) {
      return "acknowledged after the failure";
    }
    if (!gateway.child().running() || gateway.status("/api/v1/incidents") != 200) {
      return "not up for readers";
    }
    List<String> calls = Files.readAllLines(trace);
    int at = 0;
    while (at < calls.size() && !calls.get(at).contains("(INJECTED)")) {
      at++;
    }
    return calls.size() > at + 1 ? "synced again after the failure" : "";
  }

  private static Row slow(Bench bench) throws IOException, InterruptedException {
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    gateway.close();
    Path journal = segments(bench).getLast();
    gateway =
        bench.gateway(
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-P",
            journal.toString(),
            "-e",
            "trace=fdatasync",
            "-e",
            "inject=fdatasync:delay_enter=2000000:when=10..19");
    boolean connected = bench.well(gateway, fleet);
    bench.pause(22_000);
    boolean well = bench.well(gateway, fleet);
    return bench.row("F5a", 10, connected && well ? 10 : 0, gateway, "");
  }
}
