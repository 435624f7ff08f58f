package dev.hologrid.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
  @TempDir Path folder;

  @Test
  void a_table_without_times_has_a_row_for_each_period() throws Exception {
    Mapping mapping =
        mapping(
            """
            kind: smoke
            device: {constant: sm-1}
            time: {start: 2026-01-01T00:00:00Z, everyMs: 1000}
            metrics: {temperature: 'Temperature[C]', alarm: 'Fire Alarm'}
            """,
            List.of("", "Temperature[C]", "Fire Alarm"));
    assertThat(mapping.of(List.of("0", "20.5", "1"), 2))
        .isEqualTo(
            new Recorded(
                "smoke", "sm-1", 1_767_225_602_000L, Map.of("temperature", 20.5, "alarm", 1.0)));
  }

  @Test
  void a_card_log_has_its_device_and_local_time_in_columns() throws Exception {
    Mapping mapping =
        mapping(
            """
            kind: access
            device: {column: prox-id}
            time: {column: timestamp, zone: Asia/Shanghai}
            metrics: {event: type}
            """,
            List.of("timestamp", "type", "prox-id"));
    assertThat(mapping.of(List.of("2026-01-01 08:00", "granted", "a b/1"), 0))
        .isEqualTo(new Recorded("access", "a-b-1", 1_767_225_600_000L, Map.of("event", "granted")));
  }

  @Test
  void a_missing_column_is_named() throws Exception {
    Mapping mapping = mapping("device: {column: nope}\n", List.of("a"));
    assertThatThrownBy(() -> mapping.of(List.of("1"), 0)).hasMessageContaining("'nope'");
  }

  private Mapping mapping(String yaml, List<String> header) throws Exception {
    return Mapping.read(Files.writeString(folder.resolve("m.yml"), yaml), header);
  }
}
