package dev.hologrid.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command line of {@code hologrid bench rules}. */
record BenchOptions(
    boolean help,
    boolean quick,
    @Nullable Path json,
    List<BenchRule> rules,
    int devices,
    boolean scale) {
  static final String HELP =
      """
      usage: hologrid bench rules [--quick] [--json FILE] [--rules LIST] [--no-scale] [--devices N]

        --quick        a fifth of the stream and shorter rounds
        --json FILE    the rows as JSON: rule, engine, readingsPerSecond (of one core), bytesPerDevice,
                       ratioToBestPeer (our rows), identicalAlerts
        --rules LIST   only these, separated by commas: threshold, for, count, rate, absence,
                       correlation, sequence, share
        --no-scale     leave out the tables over devices and rules
        --devices N    nothing but N devices x 20 rules under -Xmx4g: bytes per device

      Exit: 0; 1 when an engine gave other alerts than ours; 64 for a wrong option.
      Peers (Esper, GPL-2.0; Drools; Flink CEP) are fetched on the first run, for measuring only.
      """;

  BenchSize size() {
    return quick ? BenchSize.QUICK : BenchSize.FULL;
  }

  static BenchOptions parse(String[] args) {
    boolean help = false;
    boolean quick = false;
    boolean scale = true;
    Path json = null;
    int devices = 0;
    List<BenchRule> rules = Arrays.asList(BenchRule.values());
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-h", "--help" -> help = true;
        case "--quick" -> quick = true;
        case "--no-scale" -> scale = false;
        case "--json" -> json = directory().resolve(value(args, i++));
        case "--devices" -> devices = number(args, i++);
        case "--rules" -> rules = rules(value(args, i++));
        default ->
            throw new IllegalArgumentException(
                "'" + args[i] + "' is not an option; bench rules --help lists them");
      }
    }
    return new BenchOptions(help, quick, json, rules, devices, scale);
  }

  /** Where the command was given; the launcher may have moved elsewhere. */
  private static Path directory() {
    return Path.of(System.getProperty("hologrid.cwd", "."));
  }

  private static String value(String[] args, int at) {
    if (at + 1 >= args.length) {
      throw new IllegalArgumentException(args[at] + " needs a value");
    }
    return args[at + 1];
  }

  private static int number(String[] args, int at) {
    String text = value(args, at);
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(args[at] + ": '" + text + "' is not a number", e);
    }
    if (number < 1 || number > 10_000_000) {
      throw new IllegalArgumentException(args[at] + " is from 1 to 10000000, but is " + text);
    }
    return number;
  }

  private static List<BenchRule> rules(String list) {
    List<BenchRule> rules = new ArrayList<>();
    for (String name : list.split(",")) {
      try {
        rules.add(BenchRule.valueOf(name.trim().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--rules: no rule is called '"
                + name
                + "'; there are "
                + String.join(", ", Arrays.stream(BenchRule.values()).map(BenchRule::id).toList()),
            e);
      }
    }
    return rules;
  }
}
