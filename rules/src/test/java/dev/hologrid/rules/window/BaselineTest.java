package dev.hologrid.rules.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A device's own usual value, and every window through a snapshot. */
final class BaselineTest {
  private record Sample(long time, double value) {}

  /** Mean, variance and how far the newest was off, from all samples anew. */
  private static double[] naive(List<Sample> all, double length) {
    double mean = 0;
    double variance = 0;
    double off = Double.NaN;
    for (int i = 0; i < all.size(); i++) {
      double difference = all.get(i).value - mean;
      off = i >= 10 && variance > 0 ? difference / Math.sqrt(variance) : Double.NaN;
      long passed = i == 0 ? 0 : all.get(i).time - all.get(i - 1).time;
      double weight = i == 0 ? 1 : Math.max(1 - Math.exp(-passed / length), 1.0 / (i + 1));
      mean += weight * difference;
      variance = i == 0 ? 0 : (1 - weight) * (variance + weight * difference * difference);
    }
    return new double[] {all.size() >= 10 ? mean : Double.NaN, off};
  }

  @Property
  void a_baseline_is_what_all_samples_give(@ForAll long seed) {
    Random random = new Random(seed);
    int length = 1_000 + random.nextInt(60_000);
    Window baseline = Window.of("baseline", length, 0);
    Window deviation = Window.of("deviation", length, 0);
    List<Sample> all = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 60; i++) {
      time += random.nextInt(4_000);
      all.add(new Sample(time, random.nextInt(50)));
      baseline.add(time, all.getLast().value, i);
      deviation.add(time, all.getLast().value, i);
      double[] expected = naive(all, length);
      same(baseline.value(), expected[0]);
      same(deviation.value(), expected[1]);
      assertThat(baseline.nextLeave()).isEqualTo(Long.MAX_VALUE);
      assertThat(baseline.size()).isZero();
    }
  }

  private static void same(double is, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(is).isNaN();
    } else {
      assertThat(is).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void a_steady_device_has_no_deviation() {
    Window deviation = Window.of("deviation", 60_000, 0);
    for (int i = 0; i < 30; i++) {
      deviation.add(i * 1_000L, 20, i);
    }
    assertThat(deviation.value()).isNaN();
  }

  @Property
  void every_window_goes_on_after_a_snapshot_as_if_there_had_been_none(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int length = 1 + random.nextInt(9_000);
    for (String fn :
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
            "quantile",
            "baseline",
            "deviation")) {
      Window whole = Window.of(fn, length, 0.25);
      Window cut = Window.of(fn, length, 0.25);
      long time = 0;
      for (int i = 0; i < 80; i++) {
        time += random.nextInt(500);
        double value = random.nextDouble() * 40;
        whole.add(time, value, i);
        cut.add(time, value, i);
        if (random.nextInt(10) == 0) {
          cut = through(cut, fn, length);
        }
        assertThat(Double.valueOf(cut.value())).as(fn).isEqualTo(Double.valueOf(whole.value()));
        assertThat(cut.nextLeave()).as(fn).isEqualTo(whole.nextLeave());
        assertThat(cut.size()).as(fn).isEqualTo(whole.size());
      }
    }
  }

  private static Window through(Window window, String fn, long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    window.write(new DataOutputStream(bytes));
    Window read = Window.of(fn, length, 0.25);
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 3);
    return read;
  }

  @Test
  void a_device_that_sends_without_end_loses_its_oldest_samples() {
    for (String fn : List.of("sum", "max", "min", "quantile", "changes")) {
      Window window = Window.of(fn, 1_000_000, 1);
      for (int i = 0; i < 3 * Window.MOST_SAMPLES; i++) {
        window.add(i, i, i);
      }
      assertThat(window.size()).isEqualTo(Window.MOST_SAMPLES);
      assertThat(window.offset(0)).isEqualTo(2L * Window.MOST_SAMPLES);
      double last = 3.0 * Window.MOST_SAMPLES - 1;
      double first = 2.0 * Window.MOST_SAMPLES;
      double expected =
          switch (fn) {
            case "sum" -> (first + last) * Window.MOST_SAMPLES / 2;
            case "min" -> first;
            case "changes" -> Window.MOST_SAMPLES - 1.0;
            default -> last;
          };
      assertThat(window.value()).as(fn).isEqualTo(expected);
    }
  }

  @Test
  void there_is_no_other_function() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Window.of("median", 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("median");
  }
}
