package dev.hologrid.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import dev.hologrid.simulator.replay.ReplayCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** The journals' tools beside a running server, on damaged files, and in a round trip. */
@Isolated("takes the standard output")
class JournalCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private record Run(int status, String out) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private static Run run(Object command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      int status =
          new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
      return new Run(status, out.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private Run journal(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    return run(new JournalCommand(), line.toArray(String[]::new));
  }

  private RunningGateway gateway(String data) {
    return RunningGateway.in(folder.resolve(data), Map.of());
  }

  private static void publish(RunningGateway gateway, String device, int count) throws Exception {
    try (Publisher publisher = new Publisher(gateway.gateway().mqttPort(), device)) {
      for (int i = 0; i < count; i++) {
        publisher.publish(
            "hologrid/v1/smoke/" + device,
            "{\"ts\":%d,\"values\":{\"obscuration\":0.0%d,\"text\":\"a\\\"b\",\"on\":true}}"
                .formatted(1_700_000_000_000L + i * 1000, i));
      }
    }
  }

  @Test
  void a_live_journal_is_listed_shown_and_verified() throws Exception {
    try (RunningGateway gateway = gateway("data")) {
      publish(gateway, "sm-1", 5);
      assertThat(journal("ls").out()).contains("FIRST OFFSET", "00000000000000000000.log");
      Run verified = journal("verify");
      assertThat(verified.status()).as(verified.out()).isZero();
      assertThat(verified.out()).contains("readings ", "audit ", "whole").doesNotContain("damaged");
      Run shown = journal("cat");
      assertThat(shown.status()).isZero();
      assertThat(shown.lines().stream().filter(each -> each.contains("\"sm-1\""))).hasSize(5);
      assertThat(JSON.readTree(shown.lines().getFirst()).has("readings")).isTrue();
      assertThat(journal("cat", "--journal", "audit").status()).isZero();
      publish(gateway, "sm-1", 1); // the server goes on
    }
  }

  @Test
  void an_export_is_narrowed_by_device_and_offset() throws Exception {
    try (RunningGateway gateway = gateway("data")) {
      publish(gateway, "sm-1", 3);
      publish(gateway, "sm-2", 3);
    }
    List<JsonNode> one = lines(journal("export", "--device", "sm-1"));
    assertThat(one).hasSize(3).allMatch(each -> each.path("device").asText().equals("sm-1"));
    long second = one.get(1).path("offset").asLong();
    assertThat(lines(journal("export", "--device", "sm-1", "--from", "" + second))).hasSize(2);
    assertThat(lines(journal("export", "--device", "sm-1", "--to", "" + second))).hasSize(1);
    assertThat(lines(journal("export", "--from", "2099-01-01T00:00:00Z"))).isEmpty();
    assertThat(lines(journal("export", "--to", "2099-01-01T00:00:00Z"))).hasSizeGreaterThan(5);
    assertThat(journal("export", "--from", "yesterday").status()).isEqualTo(2);
  }

  @Test
  void every_journal_is_narrowed_by_offsets_and_by_moments() throws Exception {
    try (RunningGateway gateway = gateway("data")) {
      publish(gateway, "sm-1", 3);
      try (Publisher publisher = new Publisher(gateway.gateway().mqttPort(), "odd")) {
        publisher.publish("hologrid/v1/smoke/odd", "no JSON");
      }
    }
    String never = "1999-01-01T00:00:00Z";
    String later = "2099-01-01T00:00:00+08:00";
    for (String name : List.of("readings", "quarantine", "alerts", "audit")) {
      for (String command : List.of("cat", "export")) {
        int all = lines(journal(command, "--journal", name)).size();
        boolean written = name.equals("readings") || name.equals("quarantine");
        assertThat(all > 0 || !written).as(name).isTrue();
        for (String[] whole : new String[][] {{"--from", never}, {"--to", later}}) {
          assertThat(lines(journal(command, "--journal", name, whole[0], whole[1]))).hasSize(all);
        }
        for (String[] none : new String[][] {{"--from", later}, {"--to", never}, {"--to", "0"}}) {
          assertThat(lines(journal(command, "--journal", name, none[0], none[1]))).isEmpty();
        }
      }
    }
    List<JsonNode> readings = lines(journal("cat"));
    String moment = Instant.ofEpochMilli(readings.getLast().path("receivedAt").asLong()).toString();
    assertThat(lines(journal("cat", "--from", moment))).contains(readings.getLast());
    assertThat(lines(journal("cat", "--to", moment))).doesNotContain(readings.getLast());
    assertThat(journal("cat", "--from", "yesterday").status()).isEqualTo(2);
  }

  private static List<JsonNode> lines(Run run) throws IOException {
    assertThat(run.status()).as(run.out()).isZero();
    List<JsonNode> found = new ArrayList<>();
    for (String each : run.lines()) {
      found.add(JSON.readTree(each));
    }
    return found;
  }

  @Test
  void damage_is_told_with_its_offsets_and_the_rest_is_still_exported() throws Exception {
    try (RunningGateway gateway = gateway("data")) {
      publish(gateway, "sm-1", 9);
    }
    Path file = folder.resolve("data/journal/readings/00000000000000000000.log");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(file, bytes);
    Run verified = journal("verify");
    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.out())
        .containsPattern("  \\d{20}\\.log at byte \\d+: offsets \\d+ to \\d+ lost")
        .contains("1 damaged places:");
    Run exported = journal("export", "--device", "sm-1");
    assertThat(exported.status()).isEqualTo(1);
    assertThat(exported.lines()).hasSizeGreaterThanOrEqualTo(7);
    assertThat(Files.readAllBytes(file)).as("only read").isEqualTo(bytes);
  }

  @Test
  void an_export_that_is_replayed_gives_the_same_readings() throws Exception {
    try (RunningGateway gateway = gateway("data")) {
      publish(gateway, "sm-1", 20);
    }
    Path recording = folder.resolve("recording.ndjson");
    journal("export", "--device", "sm-1", "--out", recording.toString());
    try (RunningGateway again = gateway("again")) {
      Run replayed =
          run(
              new ReplayCommand(),
              recording.toString(),
              "--mqtt",
              "mqtt://127.0.0.1:" + again.gateway().mqttPort(),
              "--as-fast-as-possible");
      assertThat(replayed.status()).as(replayed.out()).isZero();
      assertThat(replayed.out()).contains("\"acked\":20");
    }
    Run second =
        run(
            new JournalCommand(),
            "export",
            "--device",
            "sm-1",
            "--data",
            folder.resolve("again").toString());
    assertThat(essence(lines(second)))
        .isEqualTo(essence(lines(journal("export", "--device", "sm-1"))));
  }

  /** What a replay keeps: everything but the offset and the time of receipt. */
  private static List<String> essence(List<JsonNode> readings) {
    return readings.stream()
        .map(
            each ->
                each.path("device")
                    + " "
                    + each.path("kind")
                    + " "
                    + each.path("time")
                    + " "
                    + each.path("values"))
        .toList();
  }

  @Test
  void a_folder_that_is_none_is_named() {
    assertThat(journal("verify").status()).isEqualTo(66);
    assertThat(journal("ls", "--journal", "../secrets").status()).isEqualTo(66);
  }
}
