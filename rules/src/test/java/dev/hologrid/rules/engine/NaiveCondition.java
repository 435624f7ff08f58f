package dev.hologrid.rules.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition as the handbook has it, evaluated from all readings so far: true, false, or null
 * where nothing follows from what was said. Shares no code with the engine.
 */
sealed interface NaiveCondition {
  /** What a device said, at a second. */
  record Said(int at, String device, Map<String, Object> values) {}

  /** A metric against a limit. */
  record Limit(String metric, String op, double limit) implements NaiveCondition {}

  /** A function of the last seconds' values of a metric against a limit. */
  record Window(String fn, String metric, int seconds, String op, double limit)
      implements NaiveCondition {}

  /** How often a metric was above a limit in the last seconds. */
  record Often(String metric, double above, int seconds, int times) implements NaiveCondition {}

  /** A flag. */
  record Flag(String metric) implements NaiveCondition {}

  /** A text being another. */
  record Is(String metric, String value, boolean equal) implements NaiveCondition {}

  /** Both. */
  record Both(NaiveCondition a, NaiveCondition b) implements NaiveCondition {}

  /** At least one of two. */
  record Either(NaiveCondition a, NaiveCondition b) implements NaiveCondition {}

  /** Not. */
  record Not(NaiveCondition of) implements NaiveCondition {}

  /** In the language of rule files. */
  default String text() {
    return switch (this) {
      case Limit c -> c.metric + " " + c.op + " " + c.limit;
      case Window c ->
          String.format(
              "%s(%s, '%ds'%s) %s %s",
              c.fn, c.metric, c.seconds, c.fn.equals("quantile") ? ", 0.75" : "", c.op, c.limit);
      case Often c ->
          String.format("count(%s > %s, '%ds') >= %d", c.metric, c.above, c.seconds, c.times);
      case Flag c -> c.metric;
      case Is c -> c.metric + (c.equal ? " == '" : " != '") + c.value + "'";
      case Both c -> "(" + c.a.text() + " && " + c.b.text() + ")";
      case Either c -> "(" + c.a.text() + " || " + c.b.text() + ")";
      case Not c -> "!(" + c.of.text() + ")";
    };
  }

  /** The condition's parts, itself included. */
  default void walk(Consumer<NaiveCondition> visitor) {
    visitor.accept(this);
    switch (this) {
      case Both c -> {
        c.a.walk(visitor);
        c.b.walk(visitor);
      }
      case Either c -> {
        c.a.walk(visitor);
        c.b.walk(visitor);
      }
      case Not c -> c.of.walk(visitor);
      default -> {}
    }
  }

  /** The metrics it names. */
  default Set<String> metrics() {
    Set<String> all = new TreeSet<>();
    walk(
        c -> {
          switch (c) {
            case Limit l -> all.add(l.metric);
            case Window w -> all.add(w.metric);
            case Often o -> all.add(o.metric);
            case Flag f -> all.add(f.metric);
            case Is i -> all.add(i.metric);
            default -> {}
          }
        });
    return all;
  }

  /** Does a sample leave one of its windows at this second? */
  default boolean leaves(List<Said> history, int now) {
    boolean[] leaves = {false};
    walk(
        c -> {
          if (c instanceof Window w) {
            List<Said> samples =
                history.stream().filter(s -> s.values.containsKey(w.metric)).toList();
            if (w.fn.equals("last") && !samples.isEmpty()) {
              samples = List.of(samples.getLast());
            }
            leaves[0] |= samples.stream().anyMatch(s -> s.at + w.seconds == now);
          } else if (c instanceof Often o) {
            leaves[0] |=
                history.stream()
                    .anyMatch(
                        s ->
                            s.at + o.seconds == now
                                && s.values.get(o.metric) instanceof Double v
                                && v > o.above);
          }
        });
    return leaves[0];
  }

  /** What it comes to for a reading, given all of its device's readings up to it. */
  default @Nullable Boolean of(Said said, List<Said> history, int now) {
    return switch (this) {
      case Limit c ->
          said.values.get(c.metric) instanceof Double v ? compare(v, c.op, c.limit) : null;
      case Window c -> compare(value(c, history, now), c.op, c.limit);
      case Often c ->
          history.stream()
                  .filter(s -> s.at > now - c.seconds)
                  .filter(s -> s.values.get(c.metric) instanceof Double v && v > c.above)
                  .count()
              >= c.times;
      // A flag that is not said is not set.
      case Flag c -> Boolean.TRUE.equals(said.values.get(c.metric));
      case Is c ->
          said.values.get(c.metric) instanceof String s ? s.equals(c.value) == c.equal : null;
      case Both c -> {
        Boolean a = c.a.of(said, history, now);
        Boolean b = c.b.of(said, history, now);
        yield Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
            ? Boolean.FALSE
            : a == null || b == null ? null : Boolean.TRUE;
      }
      case Either c -> {
        Boolean a = c.a.of(said, history, now);
        Boolean b = c.b.of(said, history, now);
        yield Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
            ? Boolean.TRUE
            : a == null || b == null ? null : Boolean.FALSE;
      }
      case Not c -> {
        Boolean of = c.of.of(said, history, now);
        yield of == null ? null : !of;
      }
    };
  }

  private static @Nullable Boolean compare(double value, String op, double limit) {
    if (Double.isNaN(value)) {
      return null;
    }
    return switch (op) {
      case "<" -> value < limit;
      case "<=" -> value <= limit;
      case ">" -> value > limit;
      case ">=" -> value >= limit;
      case "==" -> value == limit;
      default -> value != limit;
    };
  }

  private static double number(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b ? 1 : 0;
      case Double d -> d;
      case null, default -> throw new IllegalStateException("no number: " + value);
    };
  }

  private static double value(Window w, List<Said> history, int now) {
    List<Said> in =
        history.stream()
            .filter(s -> s.at > now - w.seconds && s.values.containsKey(w.metric))
            .toList();
    double[] v = in.stream().mapToDouble(s -> number(s.values.get(w.metric))).toArray();
    double sum = Arrays.stream(v).sum();
    int n = v.length;
    double[] sorted = v.clone();
    Arrays.sort(sorted);
    return switch (w.fn) {
      case "count" -> n;
      case "sum" -> sum;
      case "changes" -> {
        int changes = 0;
        for (int i = 1; i < n; i++) {
          changes += v[i] == v[i - 1] ? 0 : 1;
        }
        yield changes;
      }
      case "avg" -> n == 0 ? Double.NaN : sum / n;
      case "min" -> n == 0 ? Double.NaN : sorted[0];
      case "max" -> n == 0 ? Double.NaN : sorted[n - 1];
      case "last" -> n == 0 ? Double.NaN : v[n - 1];
      case "stddev" ->
          n < 2
              ? Double.NaN
              : Math.sqrt(Arrays.stream(v).map(x -> (x - sum / n) * (x - sum / n)).sum() / (n - 1));
      case "delta" -> n < 2 ? Double.NaN : v[n - 1] - v[0];
      case "rate" ->
          n < 2 ? Double.NaN : (v[n - 1] - v[0]) * w.seconds / (in.getLast().at - in.getFirst().at);
      case "quantile" -> {
        double rank = 0.75 * (n - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, n - 1);
        yield n == 0
            ? Double.NaN
            : sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
      }
      default -> throw new IllegalStateException(w.fn);
    };
  }

  /** Any condition; {@code depth} bounds how deep it goes. */
  static NaiveCondition random(Random random, int depth, boolean windows) {
    int kind = random.nextInt(depth == 0 ? 5 : 9);
    String metric = random.nextInt(3) == 0 ? "humidity" : "temperature";
    String[] ops = {"<", "<=", ">", ">=", "==", "!="};
    String op = ops[random.nextInt(ops.length)];
    return switch (kind) {
      case 0, 1 -> new Limit(metric, op, 10 * random.nextInt(11));
      case 2 -> {
        String[] fns = {
          "count",
          "sum",
          "changes",
          "avg",
          "min",
          "max",
          "last",
          "stddev",
          "delta",
          "rate",
          "quantile"
        };
        String fn = fns[random.nextInt(fns.length)];
        double limit =
            switch (fn) {
              case "count", "changes" -> random.nextInt(6);
              case "sum" -> random.nextInt(400);
              case "stddev", "delta", "rate" -> random.nextInt(60) - 20.37;
              default -> 10 * random.nextInt(11) + 0.37;
            };
        yield windows
            ? new Window(fn, metric, 1 + random.nextInt(30), op, limit)
            : new Limit(metric, op, limit);
      }
      case 3 ->
          random.nextBoolean()
              ? new Flag("smoke")
              : new Is("event", random.nextBoolean() ? "denied" : "granted", random.nextBoolean());
      case 4 ->
          windows
              ? new Often("temperature", 50, 5 + random.nextInt(30), 1 + random.nextInt(4))
              : new Limit("temperature", ">", 60);
      case 5, 6 -> new Both(random(random, depth - 1, windows), random(random, depth - 1, windows));
      case 7 -> new Either(random(random, depth - 1, windows), random(random, depth - 1, windows));
      default -> new Not(random(random, depth - 1, windows));
    };
  }
}
