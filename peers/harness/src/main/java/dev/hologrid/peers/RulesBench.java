package dev.hologrid.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code hologrid bench rules}: the same rules on the same readings through each engine in turn.
 */
public final class RulesBench {
  private static final int WARM_UP_ROUNDS = 2;

  private final BenchSize size;
  private final Path home;
  private final PrintStream out = System.out;
  private final List<Row> rows = new ArrayList<>();

  private RulesBench(BenchSize size, Path home) {
    this.size = size;
    this.home = home;
  }

  public static void main(String[] args) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("hologrid: " + e.getMessage());
      System.exit(64);
      return;
    }
    if (options.help()) {
      System.out.print(BenchOptions.HELP);
      return;
    }
    Path home = Path.of(System.getProperty("hologrid.home", "."));
    RulesBench bench = new RulesBench(options.size(), home);
    if (options.devices() > 0) {
      System.exit(Scale.footprint(home, options.devices()));
    }
    boolean identical = bench.run(options.rules());
    if (options.json() != null) {
      Files.writeString(options.json(), Results.json(bench.rows));
      System.err.println("hologrid: written to " + options.json());
    }
    if (options.scale()) {
      Scale.tables(home, options.quick());
    }
    System.exit(identical ? 0 : 1);
  }

  private boolean run(List<BenchRule> rules) throws IOException {
    List<Engine> engines = Arrays.stream(Engine.values()).filter(e -> e.built(home)).toList();
    for (Engine engine : Engine.values()) {
      if (!engines.contains(engine)) {
        System.err.println("hologrid: " + engine.title + " is not there and not measured");
      }
    }
    out.printf(
        Locale.ROOT,
        "%,d readings of %,d devices in %,d buildings, one JVM per engine and rule, %d rounds taking turns;%n"
            + "a core's second is one of the thread that feeds the engine; of all of the JVM's for Flink, which has its own%n%n",
        size.readings(),
        size.devices(),
        size.devices() / Stream.DEVICES_PER_BUILDING,
        size.rounds());
    out.println(Results.HEAD);
    for (BenchRule rule : rules) {
      measure(rule, engines.stream().filter(e -> e.says(rule)).toList());
    }
    out.println();
    out.print(Results.summary(rows));
    return rows.stream().allMatch(Row::identical);
  }

  private void measure(BenchRule rule, List<Engine> engines) throws IOException {
    Map<Engine, TrialProcess> trials = new EnumMap<>(Engine.class);
    Map<Engine, TrialProcess.Checked> checked = new EnumMap<>(Engine.class);
    Map<Engine, List<Double>> speeds = new EnumMap<>(Engine.class);
    try {
      for (Engine engine : engines) {
        progress(rule, engine.title + " on the whole stream");
        TrialProcess trial = TrialProcess.start(engine, rule, size, home);
        trials.put(engine, trial);
        checked.put(engine, trial.check());
        speeds.put(engine, new ArrayList<>());
      }
      for (int round = -WARM_UP_ROUNDS; round < size.rounds(); round++) {
        progress(rule, round < 0 ? "warming up" : "round " + (round + 1));
        List<Engine> order = round % 2 == 0 ? engines : engines.reversed();
        for (Engine engine : order) {
          double speed = trialOf(trials, engine).round(size.leastMillis(), size.mostMillis());
          if (round >= 0) {
            speeds.getOrDefault(engine, new ArrayList<>()).add(speed);
          }
        }
      }
    } finally {
      for (TrialProcess trial : trials.values()) {
        trial.close();
      }
    }
    progress(rule, "");
    report(rule, checked, speeds);
  }

  private static TrialProcess trialOf(Map<Engine, TrialProcess> trials, Engine engine) {
    TrialProcess trial = trials.get(engine);
    if (trial == null) {
      throw new IllegalStateException("not started: " + engine);
    }
    return trial;
  }

  private void report(
      BenchRule rule, Map<Engine, TrialProcess.Checked> checked, Map<Engine, List<Double>> speeds) {
    TrialProcess.Checked ours = checked.get(Engine.HOLOGRID);
    double best = 0;
    boolean all = true;
    for (Map.Entry<Engine, TrialProcess.Checked> each : checked.entrySet()) {
      if (each.getKey() != Engine.HOLOGRID) {
        best = Math.max(best, median(speeds.getOrDefault(each.getKey(), List.of())));
        all &= ours != null && each.getValue().alerts().equals(ours.alerts());
      }
    }
    for (Map.Entry<Engine, TrialProcess.Checked> each : checked.entrySet()) {
      boolean us = each.getKey() == Engine.HOLOGRID;
      double speed = median(speeds.getOrDefault(each.getKey(), List.of()));
      Row row =
          new Row(
              rule,
              each.getKey(),
              speed,
              each.getValue().bytesPerDevice(),
              us && best > 0 ? speed / best : Double.NaN,
              each.getValue().alerts().size(),
              us ? all : ours != null && each.getValue().alerts().equals(ours.alerts()));
      rows.add(row);
      out.println(Results.line(row));
    }
    out.flush();
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static void progress(BenchRule rule, String what) {
    if (Boolean.getBoolean("hologrid.terminal")) {
      System.err.printf("\r\u001b[K%s", what.isEmpty() ? "" : rule.id() + ": " + what);
    } else if (!what.isEmpty() && !what.startsWith("round")) {
      System.err.println("hologrid: " + rule.id() + ": " + what);
    }
  }
}
