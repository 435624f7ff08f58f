package dev.hologrid.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One engine and one rule in a JVM of its own. Does what it is told, line by line, so that engines
 * can take turns: {@code check} runs the whole stream once and tells alerts and memory, {@code
 * round LEAST MOST} runs it as often as fits and tells readings and time.
 */
public final class Trial {
  private static final int PIECE = 10_000;

  private final Subject subject;
  private final Stream stream;
  private final BenchRule rule;
  private final PrintStream out;

  private Trial(Subject subject, Stream stream, BenchRule rule, PrintStream out) {
    this.subject = subject;
    this.stream = stream;
    this.rule = rule;
    this.out = out;
  }

  /** {@code SUBJECT-CLASS RULE READINGS DEVICES}; then commands on standard input. */
  public static void main(String[] args) throws Exception {
    // Some engines print; nothing of it may get between the answers.
    PrintStream out = System.out;
    System.setOut(System.err);
    Stream stream = new Stream(Integer.parseInt(args[2]), Integer.parseInt(args[3]), 20_261_124L);
    BenchRule rule = BenchRule.valueOf(args[1]);
    try (Subject subject =
        Class.forName(args[0]).asSubclass(Subject.class).getDeclaredConstructor().newInstance()) {
      subject.prepare(stream, rule);
      new Trial(subject, stream, rule, out).obey();
    }
    System.exit(0);
  }

  private void obey() throws Exception {
    out.println("ready");
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = List.of(line.split(" "));
      switch (words.getFirst()) {
        case "check" -> check();
        case "round" -> round(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
        default -> throw new IOException("no such command: " + line);
      }
      out.flush();
    }
  }

  private void check() throws Exception {
    subject.fresh();
    subject.take(0, subject.piecewise() ? Math.min(stream.size, PIECE) : stream.size);
    subject.forget();
    long before = usedAfterCollection();
    subject.fresh();
    subject.measureState(true);
    subject.take(0, stream.size);
    subject.finish();
    subject.measureState(false);
    long seen = subject.stateBytes();
    long bytes = seen >= 0 ? seen : Math.max(0, usedAfterCollection() - before);
    boolean ofPlaces = rule == BenchRule.CORRELATION || rule == BenchRule.SHARE;
    for (String line : subject.alerts().lines(ofPlaces ? stream.buildingIds : stream.deviceIds)) {
      out.println("alert " + line);
    }
    out.println("bytes " + bytes / stream.deviceIds.length);
  }

  /** Whole streams, each with an engine that has seen nothing, until the time is used up. */
  private void round(long leastMillis, long mostMillis) throws Exception {
    System.gc();
    long readings = 0;
    long nanos = 0;
    while (nanos < leastMillis * 1_000_000) {
      subject.fresh();
      int at = 0;
      while (at < stream.size && nanos < mostMillis * 1_000_000) {
        int until = subject.piecewise() ? Math.min(at + PIECE, stream.size) : stream.size;
        nanos += subject.take(at, until);
        readings += until - at;
        at = until;
      }
    }
    out.println("round " + readings + " " + nanos);
  }

  private static long usedAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
