package dev.hologrid.simulator.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One verdict for each invariant. */
public final class Checker {
  /**
   * What came of it.
   *
   * @param lost acknowledged messages that are not stored, and alarms without an alert or incident
   * @param alertsMissing of these the alarms
   * @param doubled alerts or incidents that are there too often
   * @param unfounded of these the alerts for which no stored message gave reason
   */
  public record Report(
      List<Verdict> verdicts, long lost, long alertsMissing, long doubled, long unfounded) {
    /** Nothing that was looked at is wrong. */
    public boolean holds() {
      return verdicts.stream().noneMatch(Verdict::broken);
    }

    /** The verdicts that are wrong, as one line. */
    public String complaint() {
      return String.join(
          "; ", verdicts.stream().filter(Verdict::broken).map(Verdict::toString).toList());
    }

    /** What one verdict says. */
    public String detail(String id) {
      return verdicts.stream()
          .filter(each -> each.id().equals(id))
          .map(Verdict::detail)
          .findFirst()
          .orElse("");
    }
  }

  private Checker() {}

  public static Report check(Evidence evidence) throws IOException {
    Book book = Book.read(evidence.ledger());
    List<Verdict> verdicts =
        new ArrayList<>(new StoredCheck(book).verdicts(evidence.readings(), evidence.quarantine()));
    long lost = verdicts.getFirst().wrong();
    AlertCheck alerts = AlertCheck.of(evidence);
    verdicts.addAll(alerts.verdicts());
    verdicts.addAll(WatchCheck.of(evidence.watch()));
    verdicts.add(archive(evidence.readings(), evidence.archive()));
    verdicts.add(deliveries(evidence.deliveries()));
    verdicts.sort(Comparator.comparingInt(each -> Integer.parseInt(each.id().substring(1))));
    return new Report(
        verdicts, lost + alerts.missing(), alerts.missing(), alerts.doubled(), alerts.unfounded());
  }

  /** I6: what the archive has, as lines with device and time, is what the journal has. */
  private static Verdict archive(Path readings, @Nullable Path archive) throws IOException {
    if (archive == null) {
      return Verdict.unseen("I6", "archive converges", "no archive was looked at");
    }
    Set<String> wanted = new HashSet<>();
    Lines.each(
        readings,
        line -> {
          if (!line.path("kind").asText().equals("watchdog")) {
            wanted.add(key(line));
          }
        });
    Map<String, Integer> found = new HashMap<>();
    Lines.each(archive, line -> found.merge(key(line), 1, Integer::sum));
    long missing = wanted.stream().filter(each -> !found.containsKey(each)).count();
    long doubled = found.values().stream().filter(each -> each > 1).count();
    long strange = found.keySet().stream().filter(each -> !wanted.contains(each)).count();
    return Verdict.of(
        "I6",
        "archive converges",
        missing + doubled + strange,
        "%d rows wanted, %d found; %d missing, %d twice, %d from nowhere"
            .formatted(wanted.size(), found.size(), missing, doubled, strange));
  }

  private static String key(JsonNode line) {
    return line.path("device").asText() + " " + line.path("time").asLong();
  }

  /** I8: what receivers got, as lines with key and body: the same key never with another body. */
  private static Verdict deliveries(@Nullable Path deliveries) throws IOException {
    if (deliveries == null) {
      return Verdict.unseen("I8", "notified", "no receiver");
    }
    Map<String, String> bodies = new HashMap<>();
    long[] seen = {0, 0};
    Lines.each(
        deliveries,
        line -> {
          String body = line.path("body").asText();
          String before = bodies.putIfAbsent(line.path("key").asText(), body);
          seen[0]++;
          seen[1] += before == null || before.equals(body) ? 0 : 1;
        });
    return Verdict.of(
        "I8",
        "notified",
        seen[1],
        "%d deliveries of %d keys, %d keys with two bodies"
            .formatted(seen[0], bodies.size(), seen[1]));
  }
}
