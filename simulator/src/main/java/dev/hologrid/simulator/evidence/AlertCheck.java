package dev.hologrid.simulator.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I3, I7 and I9: the alerts that the reference model expects, those in the alerts journal, and the
 * incidents that hold them.
 *
 * @param missing expected alerts that were not raised, or are in no incident
 * @param doubled alerts raised twice, told twice in a history, or that nothing gave reason for
 * @param unfounded of these the last
 */
record AlertCheck(long missing, long doubled, long unfounded, List<Verdict> verdicts) {

  static AlertCheck of(Evidence evidence) throws IOException {
    Path alerts = evidence.alerts();
    if (alerts == null) {
      return new AlertCheck(
          0,
          0,
          0,
          List.of(
              Verdict.unseen("I3", "one incident", "no alerts journal"),
              Verdict.unseen("I7", "replay = live", "no alerts journal"),
              Verdict.unseen("I9", "audit", "no database")));
    }
    ReferenceModel model = new ReferenceModel();
    Lines.each(evidence.readings(), line -> model.take(StoredReading.of(line)));
    Set<String> expected = model.alerts();
    Map<String, Integer> raised = raised(alerts);
    Findings found = new Findings();
    expected.forEach(alert -> found.expect(alert, raised.getOrDefault(alert, 0)));
    raised.keySet().stream().filter(each -> !expected.contains(each)).forEach(found::unexpected);
    Verdict audit = incidents(evidence.database(), raised.keySet(), found);
    Verdict one =
        Verdict.of(
            "I3",
            "one incident",
            found.missing + found.doubled,
            "%d expected alerts, %d raised, %d incidents; %d missing, %d too many%s"
                .formatted(
                    expected.size(),
                    raised.size(),
                    found.incidents,
                    found.missing,
                    found.doubled,
                    found.first));
    return new AlertCheck(
        found.missing,
        found.doubled,
        found.unfounded,
        List.of(one, replay(alerts, evidence.rebuilt()), audit));
  }

  private static final class Findings {
    long missing;
    long doubled;
    long unfounded;
    long incidents;
    String first = "";

    void expect(String alert, int times) {
      if (times == 0) {
        missing++;
        note("not raised", alert);
      } else if (times > 1) {
        doubled += times - 1;
        note("raised " + times + " times", alert);
      }
    }

    void unexpected(String alert) {
      doubled++;
      unfounded++;
      note("without reason", alert);
    }

    void note(String what, String alert) {
      first = first.isEmpty() ? ", first " + what + ": " + alert : first;
    }
  }

  private static Map<String, Integer> raised(Path alerts) throws IOException {
    Map<String, Integer> raised = new HashMap<>();
    Lines.each(
        alerts,
        line -> {
          if (line.path("kind").asText().equals("RAISED")) {
            raised.merge(line.path("alert").path("id").asText(), 1, Integer::sum);
          }
        });
    return raised;
  }

  private static Verdict incidents(@Nullable String url, Set<String> raised, Findings found)
      throws IOException {
    if (url == null) {
      return Verdict.unseen("I9", "audit", "no database");
    }
    try (IncidentRecords records = new IncidentRecords(url)) {
      Map<String, String> attached = records.incidentOfAlert();
      found.incidents = new HashSet<>(attached.values()).size();
      for (String alert : raised) {
        if (!attached.containsKey(alert)) {
          found.missing++;
          found.note("in no incident", alert);
        }
      }
      records
          .timesTold()
          .forEach(
              (alert, times) -> {
                if (times > 1) {
                  found.doubled += times - 1;
                  found.note("told " + times + " times", alert);
                }
              });
      found.doubled += records.empty();
      return records.audit();
    } catch (SQLException e) {
      throw new IOException("the incidents in " + url + " cannot be read", e);
    }
  }

  /** Every event of one journal once in the other; their places in time may differ. */
  private static Verdict replay(Path live, @Nullable Path rebuilt) throws IOException {
    if (rebuilt == null) {
      return Verdict.unseen("I7", "replay = live", "nothing was rebuilt");
    }
    List<String> a = facts(live);
    List<String> b = facts(rebuilt);
    Set<String> onlyLive = new HashSet<>(a);
    b.forEach(onlyLive::remove);
    Set<String> onlyRebuilt = new HashSet<>(b);
    a.forEach(onlyRebuilt::remove);
    return Verdict.of(
        "I7",
        "replay = live",
        onlyLive.size() + onlyRebuilt.size(),
        "%d events live, %d rebuilt; %d only live, %d only rebuilt%s"
            .formatted(
                a.size(),
                b.size(),
                onlyLive.size(),
                onlyRebuilt.size(),
                onlyLive.stream().findFirst().map(each -> ", as " + each).orElse("")));
  }

  private static List<String> facts(Path alerts) throws IOException {
    List<String> facts = new ArrayList<>();
    Lines.each(alerts, line -> facts.add(fact(line)));
    return facts;
  }

  private static String fact(JsonNode line) {
    return line.path("kind").asText()
        + " "
        + line.path("alert").path("id").asText()
        + " at "
        + line.path("at").asLong();
  }
}
