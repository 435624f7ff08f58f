package dev.hologrid.rules.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Kept up sample by sample, a window says what going through its samples says. */
final class WindowTest {
  private record Sample(long time, double value) {}

  private static final List<String> FUNCTIONS =
      List.of(
          "sum",
          "avg",
          "count",
          "stddev",
          "min",
          "max",
          "rate",
          "delta",
          "last",
          "changes",
          "quantile");

  @Property
  void incremental_equals_naive(@ForAll long seed) {
    Random random = new Random(seed);
    long length = 1L + random.nextInt(5_000);
    for (String fn : FUNCTIONS) {
      Window window = Window.of(fn, length, 0.9);
      List<Sample> all = new ArrayList<>();
      long time = 0;
      for (int i = 0; i < 200; i++) {
        time += random.nextInt(400);
        double value = random.nextInt(20);
        window.add(time, value, i);
        all.add(new Sample(time, value));
        long now = time + random.nextInt(100);
        time = now;
        window.expire(now);
        double naive =
            naive(fn, all.stream().filter(s -> s.time() > now - length).toList(), length);
        if (Double.isNaN(naive)) {
          assertThat(window.value()).as(fn).isNaN();
        } else {
          assertThat(window.value()).as(fn).isCloseTo(naive, within(1e-9));
        }
      }
    }
  }

  private static double naive(String fn, List<Sample> in, long length) {
    double[] v = in.stream().mapToDouble(Sample::value).toArray();
    int n = v.length;
    double sum = Arrays.stream(v).sum();
    if (fn.equals("count")) {
      return n;
    }
    if (fn.equals("sum")) {
      return sum;
    }
    if (fn.equals("changes")) {
      int changes = 0;
      for (int i = 1; i < n; i++) {
        changes += v[i] == v[i - 1] ? 0 : 1;
      }
      return changes;
    }
    if (n == 0) {
      return Double.NaN;
    }
    double mean = sum / n;
    double squares = Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum();
    double[] sorted = v.clone();
    Arrays.sort(sorted);
    double delta = v[n - 1] - v[0];
    long span = in.getLast().time() - in.getFirst().time();
    return switch (fn) {
      case "avg" -> mean;
      case "min" -> sorted[0];
      case "max" -> sorted[n - 1];
      case "last" -> v[n - 1];
      case "stddev" -> n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
      case "delta" -> n < 2 ? Double.NaN : delta;
      case "rate" -> n < 2 || span == 0 ? Double.NaN : delta * length / span;
      default -> {
        double rank = 0.9 * (n - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, n - 1);
        yield sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
      }
    };
  }
}
