package dev.hologrid.peers;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.engine.AlertSink;
import dev.hologrid.rules.engine.EngineSettings;
import dev.hologrid.rules.engine.RuleEngine;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What a reading costs our engine as devices and rules grow, and what a device costs in memory. */
public final class Scale {
  private static final Shape SHAPE =
      new Shape(
          "smoke",
          List.of("temperature", "event", "online"),
          List.of(Shape.Type.NUMBER, Shape.Type.TEXT, Shape.Type.BOOLEAN));
  private static final int CYCLE = 10_000;
  private static final int FOUR_GIB = 4_096;

  private Scale() {}

  /** {@code speed|footprint DEVICES RULES IRRELEVANT READINGS}, in a JVM of its own. */
  public static void main(String[] args) {
    int devices = Integer.parseInt(args[1]);
    RuleSet rules =
        RuleSet.load(
                List.of(
                    new RuleFile(
                        "scale.yaml", file(Integer.parseInt(args[2]), Integer.parseInt(args[3])))))
            .orThrow();
    if (args[0].equals("speed")) {
      speed(devices, rules, Long.parseLong(args[4]));
    } else {
      footprint(devices, rules);
    }
  }

  private static String file(int relevant, int irrelevant) {
    StringBuilder text = new StringBuilder("groups:\n  - name: scale\n    rules:\n");
    BenchRule[] kinds = BenchRule.values();
    for (int i = 0; i < relevant; i++) {
      text.append(kinds[i % kinds.length].entry("rule-" + i).replace("> 70", "> " + (70 + i / 8)));
    }
    for (int i = 0; i < irrelevant; i++) {
      text.append(
          kinds[i % 4].entry("other-" + i).replace("on: smoke", "on: camera").replace("> 70", "> 80"));
    }
    return text.toString();
  }

  private static RuleEngine engine(int devices, RuleSet rules, String[] ids) {
    RuleEngine engine = new RuleEngine(rules, EngineSettings.DEFAULT);
    List<String> path = List.of();
    for (int d = 0; d < devices; d++) {
      ids[d] = String.format("D-%07d", d);
      if (d % Stream.DEVICES_PER_BUILDING == 0) {
        path = List.of("district", "town", "community", "grid", "B-" + d);
      }
      engine.place(new Device(ids[d], "smoke", path, Map.of()));
    }
    return engine;
  }

  /** One reading of each device in turn, ten seconds of event time a round. */
  private static long cycle(
      RuleEngine engine, String[] ids, int cycle, Random random, AlertSink sink, long most) {
    int piece = 1 << 14;
    Reading[] readings = new Reading[piece];
    long nanos = 0;
    for (int from = 0; from < ids.length && from < most; from += piece) {
      int count = Math.min(piece, ids.length - from);
      for (int i = 0; i < count; i++) {
        int d = from + i;
        long time = Stream.START + (long) cycle * CYCLE + (long) d * CYCLE / ids.length;
        double temperature = (random.nextInt(100) == 0 ? 75 : 20) + random.nextDouble();
        String event = Stream.EVENTS.get(random.nextInt(100) == 0 ? 1 : 0);
        double online = random.nextInt(200) == 0 ? 0 : 1;
        readings[i] =
            new Reading(
                ids[d],
                SHAPE,
                time,
                time,
                (long) cycle * ids.length + d,
                0,
                new double[] {temperature, Double.NaN, online},
                new String[] {null, event, null});
      }
      long start = Cpu.nanos();
      for (int i = 0; i < count; i++) {
        engine.accept(readings[i], sink);
      }
      nanos += Cpu.nanos() - start;
    }
    return nanos;
  }

  private static void speed(int devices, RuleSet rules, long readings) {
    String[] ids = new String[devices];
    RuleEngine engine = engine(devices, rules, ids);
    Random random = new Random(1);
    long[] alerts = {0};
    AlertSink sink = event -> alerts[0]++;
    int warmUp = (int) Math.max(7, readings / 2 / devices);
    int measured = (int) Math.max(3, readings / devices);
    for (int c = 0; c < warmUp; c++) {
      cycle(engine, ids, c, random, sink, Long.MAX_VALUE);
    }
    List<Double> each = new ArrayList<>();
    int group = Math.max(1, measured / 20);
    for (int c = warmUp; c < warmUp + measured; c += group) {
      long nanos = 0;
      for (int g = 0; g < group; g++) {
        nanos += cycle(engine, ids, c + g, random, sink, Long.MAX_VALUE);
      }
      each.add((double) nanos / devices / group);
    }
    System.out.printf(Locale.ROOT, "%.1f%n", RulesBench.median(each));
  }

  private static void footprint(int devices, RuleSet rules) {
    String[] ids = new String[devices];
    RuleEngine engine = engine(devices, rules, ids);
    Random random = new Random(1);
    long[] alerts = {0};
    AlertSink sink = event -> alerts[0]++;
    long nanos = 0;
    int cycles = 8;
    for (int c = 0; c < cycles; c++) {
      nanos += cycle(engine, ids, c, random, sink, Long.MAX_VALUE);
      System.err.printf(
          Locale.ROOT, "hologrid: %d of %d readings of every device%n", c + 1, cycles);
    }
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    long used = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf(
        Locale.ROOT,
        "%,d devices x %d rules: %,d MiB of heap in use under a limit of %,d MiB, %,d bytes per device,"
            + " %,.0f readings/s, %,d alert events, %,d alerts fire%n",
        devices,
        rules.rules().size(),
        used >> 20,
        runtime.maxMemory() >> 20,
        used / devices,
        1e9 * cycles * devices / nanos,
        alerts[0],
        engine.active().size());
  }

  /** Runs the memory trial; the exit status is the JVM's. */
  static int footprint(Path home, int devices) throws IOException, InterruptedException {
    List<String> command = command(home, FOUR_GIB, "footprint", devices, 20, 0, 0);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static List<String> command(
      Path home, int heapMib, String what, int devices, int rules, int irrelevant, long readings) {
    List<String> command = new ArrayList<>(TrialProcess.java(heapMib));
    command.addAll(List.of("-cp", Engine.HOLOGRID.classPath(home), Scale.class.getName(), what));
    for (long n : new long[] {devices, rules, irrelevant, readings}) {
      command.add(Long.toString(n));
    }
    return command;
  }

  /** Prints what a reading costs as devices, and as rules that do not concern it, grow. */
  static void tables(Path home, boolean quick) throws IOException, InterruptedException {
    long readings = quick ? 1_000_000 : 4_000_000;
    System.out.printf("%n%-32s %12s%n", "8 rules, devices", "ns/reading");
    for (int devices : new int[] {1_000, 10_000, 100_000, quick ? 200_000 : 1_000_000}) {
      row(String.format(Locale.ROOT, "%,d", devices), home, devices, 0, readings);
    }
    System.out.printf("%n%-32s %12s%n", "20,000 devices, 8 rules and", "ns/reading");
    for (int irrelevant : new int[] {0, 24, 92, 192}) {
      row(irrelevant + " that do not concern them", home, 20_000, irrelevant, readings);
    }
  }

  private static void row(String name, Path home, int devices, int irrelevant, long readings)
      throws IOException, InterruptedException {
    List<String> command = command(home, FOUR_GIB, "speed", devices, 8, irrelevant, readings);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line =
        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .trim();
    System.out.printf("%-32s %12s%n", name, process.waitFor() == 0 ? line : "failed");
  }
}
