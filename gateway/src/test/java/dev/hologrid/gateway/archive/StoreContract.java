package dev.hologrid.gateway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every time-series database must do for us. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {
  static final long T = 1_790_000_000_000L;

  abstract Store store();

  /** Makes what was written visible to questions, where a database takes its time. */
  void settle() throws Exception {}

  final void write(Reading... readings) throws Exception {
    Lines lines = new Lines(store().dialect());
    StringBuilder text = new StringBuilder();
    for (Reading each : readings) {
      store().prepare(each.shape().kind());
      lines.append(text, each);
    }
    store().write(text.toString());
    settle();
  }

  final List<History.Point> await(History.Query query, int count) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    List<History.Point> points = store().read(query);
    while (points.size() < count && System.nanoTime() < deadline) {
      settle();
      points = store().read(query);
    }
    return points;
  }

  private static History.Query query(String kind, String device, String metric, int points) {
    return new History.Query(kind, device, metric, T, T + 100_000, points);
  }

  @Test
  void numbers_and_flags_come_back_with_their_times() throws Exception {
    write(Samples.smoke("n-1", T, 1, 0.25), Samples.smoke("n-1", T + 1_500, 2, -3e-7));
    assertThat(await(query("smoke", "n-1", "obscuration", 100), 2))
        .containsExactly(new History.Point(T, 0.25), new History.Point(T + 1_500, -3e-7));
    assertThat(await(query("smoke", "n-1", "silenced", 100), 2)).hasSize(2);
    assertThat(store().read(query("smoke", "n-2", "obscuration", 9))).isEmpty();
    assertThat(store().read(query("never", "n-1", "x", 9))).isEmpty();
    assertThat(store().read(query("smoke", "n-1", "no_such", 9))).isEmpty();
  }

  @Test
  void hostile_texts_come_back_as_they_were() throws Exception {
    String hostile = "a \"quoted\", b=c';-- 门 } {|";
    write(Samples.access("h:1", T, 1, hostile), Samples.access("h:1", T + 1, 2, "open"));
    assertThat(await(query("access", "h:1", "event", 100), 2))
        .containsExactly(new History.Point(T, hostile), new History.Point(T + 1, "open"));
  }

  @Test
  void sending_again_adds_nothing() throws Exception {
    Reading[] same = {Samples.smoke("r-1", T, 7, 1), Samples.smoke("r-1", T + 10, 8, 2)};
    write(same);
    write(same);
    write(Samples.smoke("r-1", T + 20, 9, 3));
    await(query("smoke", "r-1", "obscuration", 100), 3);
    assertThat(distinct(store().read(query("smoke", "r-1", "obscuration", 100)))).hasSize(3);
  }

  /** VictoriaMetrics removes repeats only when asked to by its own flag. */
  List<History.Point> distinct(List<History.Point> points) {
    return points;
  }

  @Test
  void a_long_series_is_thinned_and_keeps_its_peak() throws Exception {
    Reading[] many = new Reading[2_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = Samples.smoke("t-1", T + i * 50L, i, i == 777 ? 99 : 0.1);
    }
    write(many);
    await(new History.Query("smoke", "t-1", "obscuration", T, T + 100_000, 5_000), 2_000);
    List<History.Point> thin = store().read(query("smoke", "t-1", "obscuration", 100));
    assertThat(thin).hasSizeLessThan(210).extracting(History.Point::value).contains(99.0);
  }
}
