package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.rules.Reading;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Kills the server in mid-load and compares what was acknowledged with what is in the journal. As a
 * command: {@code CrashCampaign FOLDER FIRST LAST} kills at the n-th fdatasync of a thread for each
 * n of the range.
 */
final class CrashCampaign {
  private static final int DEVICES = 4;
  private static final int WINDOW = 20;

  /** How the server ends. */
  sealed interface End {}

  /** SIGKILL once so many more messages are acknowledged. */
  record After(int more) implements End {}

  /** SIGKILL as a thread enters its n-th fdatasync. */
  record AtSync(int n) implements End {}

  /**
   * What came of it.
   *
   * @param lost acknowledged and not in the journal
   * @param disordered devices whose first occurrences are out of order
   */
  record Verdict(int acknowledged, int stored, int lost, int invented, int disordered) {
    boolean good() {
      return lost == 0 && invented == 0 && disordered == 0;
    }
  }

  private final Path data;
  private final Map<String, Set<Integer>> sent = new ConcurrentHashMap<>();
  private final Map<String, Set<Integer>> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Integer> next = new ConcurrentHashMap<>();

  CrashCampaign(Path data) {
    this.data = data;
  }

  /** One life of the server, then the comparison over all lives so far. */
  Verdict run(End end) throws Exception {
    Process server = start(end);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      if (line != null && line.startsWith("port ")) {
        load(Integer.parseInt(line.substring(5)), end, server);
      }
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
    return compare();
  }

  private Process start(End end) throws IOException {
    List<String> command = new ArrayList<>();
    if (end instanceof AtSync at) {
      command.addAll(
          List.of(
              "strace",
              "-f",
              "-qq",
              "-o",
              "/dev/null",
              "-e",
              "trace=fdatasync",
              "-e",
              "inject=fdatasync:signal=KILL:when=" + at.n()));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashTarget.class.getName(),
            data.toString()));
    File log = data.resolve("server.log").toFile();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
  }

  private void load(int port, End end, Process server) throws Exception {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < DEVICES; i++) {
        String device = "d-" + i;
        senders.submit(() -> send(port, device));
      }
      if (end instanceof After after) {
        int before = acknowledged();
        Rig.await("acknowledgements", () -> acknowledged() >= before + after.more());
        server.destroyForcibly();
      }
      server.waitFor(30, TimeUnit.SECONDS);
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
  }

  private int acknowledged() {
    return acknowledged.values().stream().mapToInt(Set::size).sum();
  }

  private void send(int port, String device) {
    Set<Integer> mine = sent.computeIfAbsent(device, fresh -> ConcurrentHashMap.newKeySet());
    Set<Integer> done =
        acknowledged.computeIfAbsent(device, fresh -> ConcurrentHashMap.newKeySet());
    int n = next.getOrDefault(device, 0);
    try (RawClient client = new RawClient(port, 4)) {
      client.connect(device, true, 60);
      Map<Integer, Integer> open = new HashMap<>();
      int id = 1;
      while (true) {
        while (open.size() < WINDOW) {
          mine.add(n);
          open.put(id, n);
          client.publish(1, false, id, "hologrid/v1/smoke/" + device, Rig.n(n++));
          id = id == 60_000 ? 1 : id + 1;
        }
        client.flush();
        Integer number = open.remove(client.next().id());
        if (number != null) {
          done.add(number);
        }
      }
    } catch (IOException e) {
      next.put(device, n); // the server is dead
    }
  }

  private Verdict compare() throws Exception {
    Map<String, List<Integer>> stored = new HashMap<>();
    ReadingCodec codec = new ReadingCodec();
    try (FileJournal journal =
            FileJournal.open("readings", data.resolve("readings"), JournalConfig.defaults());
        Journal.Reader reader = journal.reader(0)) {
      while (reader.read(
              1000,
              (offset, record) -> {
                for (Reading each : codec.decode(offset, record).readings()) {
                  stored
                      .computeIfAbsent(each.device(), fresh -> new ArrayList<>())
                      .add((int) each.numbers()[0]);
                }
              })
          > 0) {
        // until the end
      }
    }
    int all = 0;
    int lost = 0;
    int invented = 0;
    int disordered = 0;
    int kept = 0;
    for (Map.Entry<String, Set<Integer>> each : acknowledged.entrySet()) {
      List<Integer> found = stored.getOrDefault(each.getKey(), List.of());
      Set<Integer> known = new HashSet<>(found);
      all += each.getValue().size();
      kept += found.size();
      lost += (int) each.getValue().stream().filter(n -> !known.contains(n)).count();
      Set<Integer> mine = sent.getOrDefault(each.getKey(), Set.of());
      invented += (int) found.stream().filter(n -> !mine.contains(n)).count();
      disordered += found.equals(found.stream().sorted().toList()) ? 0 : 1;
    }
    return new Verdict(all, kept, lost, invented, disordered);
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    CrashCampaign campaign = new CrashCampaign(folder);
    int bad = 0;
    for (int n = Integer.parseInt(args[1]); n <= Integer.parseInt(args[2]); n++) {
      Verdict verdict = campaign.run(new AtSync(n));
      bad += verdict.good() ? 0 : 1;
      System.out.println("fdatasync " + n + ": " + verdict);
    }
    System.exit(bad == 0 ? 0 : 1);
  }
}
