package dev.hologrid.simulator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void the_figures_of_a_row_are_numbers_under_the_promised_names() throws Exception {
    JsonNode row = json(new Row("F4", 5, 4, 2, 1, 3.25, "a note"));
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "fault", "tried", "survived", "lost", "doubled", "recoverySeconds");
    names.remove("fault");
    assertThat(names).allMatch(each -> row.path(each).isNumber());
    assertThat(row.path("recoverySeconds").asDouble()).isEqualTo(3.25);
  }

  @Test
  void what_was_not_run_says_why_and_survived_nothing() throws Exception {
    Row row = Row.notRun("F8", "victoria-metrics");
    assertThat(json(row).path("notRun").asText()).isEqualTo("not run: needs victoria-metrics");
    assertThat(json(row).path("tried").asInt()).isZero();
    assertThat(json(row).path("survived").asInt()).isZero();
    assertThat(row.ran()).isFalse();
  }

  private static JsonNode json(Row row) throws Exception {
    return JSON.readTree(JSON.writeValueAsString(row));
  }
}
