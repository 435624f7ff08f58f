package dev.hologrid.simulator.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares a ledger with a journal's export by (device, event time), which names one message. A
 * status has no time of its own and is left out.
 */
public final class LedgerCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Key(String device, long time) {}

  /**
   * The outcome.
   *
   * @param lost I1: acknowledged and not stored
   * @param invented I2: stored for a device of the ledger and never sent
   * @param disordered I5: devices whose first occurrences are not in the order of sending
   * @param repeats stored more than once, which QoS 1 allows
   */
  public record Verdict(
      long sent, long acked, long stored, long lost, long invented, long disordered, long repeats) {
    public boolean holds() {
      return lost == 0 && invented == 0 && disordered == 0;
    }
  }

  private final Map<String, Map<Long, Long>> timeOfSeq = new HashMap<>();
  private final Set<Key> sent = new HashSet<>();
  private final Set<Key> acked = new HashSet<>();
  private final Set<Key> stored = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Set<String> disordered = new HashSet<>();
  private long invented;
  private long repeats;

  private LedgerCheck() {}

  /** Reads both files; a torn last line of the ledger is left out. */
  public static Verdict of(Path ledger, Path export) throws IOException {
    LedgerCheck check = new LedgerCheck();
    each(ledger, check::ledger);
    each(export, check::journal);
    long lost = check.acked.stream().filter(key -> !check.stored.contains(key)).count();
    return new Verdict(
        check.sent.size(),
        check.acked.size(),
        check.stored.size(),
        lost,
        check.invented,
        check.disordered.size(),
        check.repeats);
  }

  private interface Line {
    void accept(JsonNode line);
  }

  private static void each(Path file, Line line) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(
          text -> {
            try {
              line.accept(JSON.readTree(text));
            } catch (JsonProcessingException e) {
              if (text.endsWith("}")) {
                throw new UncheckedIOException(file + ": " + text, e);
              }
            }
          });
    }
  }

  private void ledger(JsonNode line) {
    String device = line.path("sent").asText(line.path("acked").asText());
    Map<Long, Long> times = timeOfSeq.computeIfAbsent(device, any -> new HashMap<>());
    long seq = line.path("seq").asLong();
    if (line.has("sent") && line.has("time")) {
      times.put(seq, line.path("time").asLong());
      sent.add(new Key(device, line.path("time").asLong()));
    } else if (line.has("acked")) {
      Long time = times.get(seq);
      if (time != null) {
        acked.add(new Key(device, time));
      }
    }
  }

  private void journal(JsonNode reading) {
    String device = reading.path("device").asText();
    if (!timeOfSeq.containsKey(device) || reading.path("values").has("online")) {
      return;
    }
    Key key = new Key(device, reading.path("time").asLong());
    if (!sent.contains(key)) {
      invented++;
    } else if (!stored.add(key)) {
      repeats++;
    } else if (key.time() < newest.getOrDefault(device, 0L)) {
      disordered.add(device);
    } else {
      newest.put(device, key.time());
    }
  }
}
