package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertExplanation;
import dev.hologrid.gateway.alerting.AlertRecord;
import dev.hologrid.gateway.backtest.Recorded;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why an alert fired, from what its record in the journal says. */
@Command(
    name = "explain",
    description = {
      "Tells why an alert fired: the value of every part of its condition, the readings by their",
      "offsets, the version of the rule. The server may run.",
      "Exit code: 0 explained, 1 no such alert, 66 no journal of alerts."
    },
    mixinStandardHelpOptions = true)
final class RulesExplain implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "ALERT_ID",
      description =
          "rule/subject/activation as the API and the console show it; rule/subject, or a rule"
              + " alone, is its newest alert.")
  @Nullable String id;

  @Option(names = "--last", description = "The newest alert of all.")
  boolean last;

  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Option(names = "--json", description = "Prints one JSON object instead.")
  boolean json;

  private @Nullable Alert newest;
  private final Map<String, Alert> latest = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    if ((id == null) != last) {
      System.err.println("hologrid rules: give an ALERT_ID, or --last");
      return RulesCommand.USAGE;
    }
    Recorded recorded = new Recorded(Folders.working().resolve(data));
    if (!recorded.hasAlerts()) {
      System.err.println(
          "hologrid rules: "
              + data
              + " holds no journal of alerts; --data names a server's data folder");
      return RulesCommand.NO_INPUT;
    }
    recorded.alerts(this::take);
    Alert alert = newest;
    if (alert == null) {
      System.err.println("hologrid rules: no alert " + (id == null ? "" : id) + " was recorded");
      return RulesCommand.FOUND;
    }
    Alert now = latest.getOrDefault(alert.id().key(), alert);
    ObjectNode explanation = AlertExplanation.json(now);
    System.out.print(json ? explanation.toPrettyString() + "\n" : AlertExplanation.text(now));
    return RulesCommand.OK;
  }

  private void take(AlertRecord record) {
    Alert alert = record.event().alert();
    String key = alert.id().key();
    String wanted = id;
    if (wanted == null || key.equals(wanted) || key.startsWith(wanted + "/")) {
      latest.put(key, alert);
      if (record.event().kind() == AlertEvent.Kind.RAISED || key.equals(wanted)) {
        newest = alert;
      }
    }
  }
}
