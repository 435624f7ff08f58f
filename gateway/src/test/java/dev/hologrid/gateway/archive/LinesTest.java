package dev.hologrid.gateway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static String line(Lines.Dialect dialect, Reading... readings) {
    Lines lines = new Lines(dialect);
    StringBuilder text = new StringBuilder();
    for (Reading each : readings) {
      lines.append(text, each);
    }
    return text.toString();
  }

  @Test
  void each_database_gets_its_form() {
    Reading smoke = Samples.smoke("sm-1", 1_000, 42, 0.5);
    assertThat(line(Lines.Dialect.QUESTDB, smoke))
        .isEqualTo("smoke,device=sm-1 obscuration=0.5,silenced=1.0,seq=42i 1000000000\n");
    assertThat(line(Lines.Dialect.INFLUXDB, smoke))
        .isEqualTo("smoke,device=sm-1 obscuration=0.5,silenced=1.0 1000001302\n");
    assertThat(line(Lines.Dialect.VICTORIA_METRICS, Samples.access("a", 1, 1, "door open")))
        .isEqualTo("access,device=a,text=door\\ open event_text=1 1000000\n");
  }

  @Test
  void a_number_that_is_none_is_left_out() {
    assertThat(line(Lines.Dialect.INFLUXDB, Samples.smoke("a", 1, 1, Double.NaN)))
        .startsWith("smoke,device=a silenced=1.0 ");
  }

  @Test
  void names_cannot_clash_with_ours_or_with_a_text_of_the_same_name() {
    assertThat(Lines.column("seq", false)).isEqualTo("seq_number");
    assertThat(Lines.column("x_text", false)).isEqualTo("x_text_number");
    assertThat(Lines.column("x", true)).isEqualTo("x_text");
    assertThat(Lines.column("a-b", false)).isEqualTo("a_2d_b");
  }

  @Test
  void a_kind_with_too_many_metrics_keeps_the_first_and_counts_the_rest() {
    Lines lines = new Lines(Lines.Dialect.INFLUXDB);
    for (int i = 0; i < 300; i++) {
      Shape shape = new Shape("k", List.of("m" + i), List.of(Shape.Type.NUMBER));
      lines.append(
          new StringBuilder(), new Reading("d", shape, 1, 1, 1, 0, new double[] {1}, null));
    }
    assertThat(lines.leftOut()).isEqualTo(50);
  }

  @Property(tries = 1_000)
  void any_text_stays_one_line_and_reads_back(@ForAll String text) {
    String line = line(Lines.Dialect.INFLUXDB, Samples.access("a", 1, 1, text));
    assertThat(line.chars().filter(c -> c == '\n').count()).isEqualTo(1);
    String wanted = text.replaceAll("[\\x00-\\x1f\\x7f]", " ");
    assertThat(unquoted(line)).isEqualTo(wanted);
  }

  /** The quoted field as the grammar of line protocol reads it. */
  private static String unquoted(String line) {
    List<Integer> out = new ArrayList<>();
    int i = line.indexOf('"') + 1;
    while (line.charAt(i) != '"') {
      if (line.charAt(i) == '\\') {
        i++;
      }
      out.add((int) line.charAt(i++));
    }
    StringBuilder text = new StringBuilder();
    out.forEach(c -> text.append((char) c.intValue()));
    return text.toString();
  }
}
