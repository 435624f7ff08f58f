package dev.hologrid.gateway.command;

import dev.hologrid.gateway.backtest.BacktestReport;
import dev.hologrid.gateway.backtest.BacktestRun;
import dev.hologrid.gateway.backtest.Recorded;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.testing.AlertSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which alerts other rules would have raised, beside those that there were. */
@Command(
    name = "backtest",
    description = {
      "Runs rules over recorded readings and shows which alerts they would have raised, side by",
      "side with those that were raised. Inhibition, maintenance and damping count; nobody is"
          + " told.",
      "Reads the data folder of a stopped or a running server, or a CSV file.",
      "Exit code: 0 done, 1 the rules have errors, 64 a wrong call, 66 nothing to read."
    },
    mixinStandardHelpOptions = true)
final class RulesBacktest implements Callable<Integer> {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "NEW",
      description = "Rule files or folders (default: the shipped rules).")
  List<String> rules = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "Alerts that start from here on: ISO-8601 with zone, or a day in Shanghai"
              + " (default: the beginning).")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "And before here (default: the end).")
  @Nullable String to;

  @Option(
      names = "--warm-up",
      paramLabel = "D",
      description =
          "How long before --from to begin to read, such as 7d, or all (default: as long as the"
              + " rules look back, at least 1h). Alerts of that time are not shown.")
  @Nullable String warmUp;

  @Option(names = "--data", description = "A server's data folder (default: ./data).")
  @Nullable Path data;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Readings from a CSV file instead: columns time, device, kind and one for each metric,"
              + " or metric and value.")
  @Nullable Path csv;

  @Option(names = "--all", description = "Also alerts of rules that are not in NEW.")
  boolean all;

  @Option(names = "--json", description = "Prints one JSON object instead.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    long begin;
    long end;
    List<RuleFile> files;
    if (warmUp != null && !warmUp.equals("all") && Durations.parse(warmUp).isEmpty()) {
      return complain(
          "--warm-up takes a duration such as 1h or 7d, or all, but was " + warmUp,
          RulesCommand.USAGE);
    }
    try {
      begin = moment("--from", from, Long.MIN_VALUE);
      end = moment("--to", to, Long.MAX_VALUE);
      files = rules.isEmpty() ? RulePack.files() : RuleSources.rules(rules);
    } catch (RuleSources.Missing e) {
      return complain(e.getMessage(), RulesCommand.NO_INPUT);
    } catch (DateTimeException e) {
      return complain(e.getMessage(), RulesCommand.USAGE);
    }
    if (begin >= end) {
      return complain("--from is before --to", RulesCommand.USAGE);
    }
    return switch (RuleSet.load(files)) {
      case Loaded.Broken broken -> {
        for (Issue each : broken.issues()) {
          System.err.println(each);
        }
        yield RulesCommand.FOUND;
      }
      case Loaded.Ok ok -> run(ok.set(), begin, end);
    };
  }

  private static int complain(@Nullable String why, int code) {
    System.err.println("hologrid rules: " + why);
    return code;
  }

  private static long moment(String option, @Nullable String text, long or) {
    if (text == null) {
      return or;
    }
    try {
      return text.matches("\\d{4}-\\d\\d-\\d\\d")
          ? LocalDate.parse(text).atStartOfDay(ZONE).toInstant().toEpochMilli()
          : text.matches("\\d{12,14}")
              ? Long.parseLong(text)
              : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new DateTimeException(
          option
              + " takes a moment such as 2026-11-24T08:00:00+08:00, a day, or epoch"
              + " milliseconds, but was "
              + text,
          e);
    }
  }

  private int run(RuleSet set, long begin, long end) throws IOException {
    Path table = csv;
    Path folder = data;
    boolean journal = table == null || folder != null;
    Recorded recorded =
        new Recorded(Folders.working().resolve(folder == null ? Path.of("data") : folder));
    if (journal && !recorded.exists()) {
      return complain(
          "there is no journal of readings; --data names a server's data folder, --csv a file",
          RulesCommand.NO_INPUT);
    }
    BacktestRun run =
        new BacktestRun(
            set,
            journal ? recorded.devices() : List.of(),
            new BacktestRun.Span(begin, end, warmUp()));
    if (table == null) {
      recorded.messages(
          run.readFrom(), message -> run.take(message.receivedAt(), Recorded.judged(message)));
    } else {
      try {
        new ReadingTable(Folders.working().resolve(table), set.vocabulary())
            .read(reading -> run.take(reading.receivedAt(), List.of(reading)));
      } catch (ReadingTable.Wrong e) {
        return complain(e.getMessage(), RulesCommand.NO_INPUT);
      }
    }
    List<AlertSpan> then = journal ? recorded.raised(begin, end) : List.of();
    BacktestReport report = run.report(then, new BacktestRun.Choice(all, each -> true));
    System.out.print(json ? report.json(Integer.MAX_VALUE).toPrettyString() + "\n" : report.text());
    return RulesCommand.OK;
  }

  private @Nullable Long warmUp() {
    String asked = warmUp;
    return asked == null
        ? null
        : asked.equals("all") ? Long.MAX_VALUE : Durations.parse(asked).orElse(0);
  }
}
