package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Town;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site's {@code patrols.csv}. */
class PatrolFileTest {
  private static final String HEAD = "id,name,grid,officer,points,recurrence,from,to\n";

  @TempDir Path folder;
  private RoundKit kit;

  @BeforeEach
  void open() {
    kit = new RoundKit(Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", ""));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private int take(String rows) {
    return PatrolFile.take(HEAD + rows, kit.patrols, kit.rounds, kit.at("07:00"));
  }

  @Test
  void a_line_is_a_plan_and_its_schedule() {
    String rows =
        "m,\"market, then gate\",%s,,old market 113.15 23.04; gate 113.16 23.04,weekly MO,08:00,10:00\n\n"
            .formatted(Town.GRID);
    assertThat(take(rows)).isEqualTo(1);
    assertThat(kit.patrols.findPlan("m"))
        .isEqualTo(
            new Plan(
                "m",
                "market, then gate",
                null,
                Town.GRID,
                true,
                List.of(
                    new Plan.Point("old market", 113.15, 23.04),
                    new Plan.Point("gate", 113.16, 23.04))));
    assertThat(kit.rounds.findSchedule("m").recurrence()).isEqualTo(Recurrence.parse("weekly MO"));
    assertThat(take(rows)).as("the same again").isEqualTo(1);
  }

  @Test
  void the_line_that_is_wrong_is_named() {
    assertThatThrownBy(() -> take("m,market\n"))
        .hasMessageContaining("patrols.csv line 2")
        .hasMessageContaining("2 cells");
    assertThatThrownBy(() -> take("m,m," + Town.GRID + ",,,weekly MO,08:00,10:00,more\n"))
        .hasMessageContaining("patrols.csv line 2")
        .hasMessageContaining("9 cells");
    assertThatThrownBy(() -> take("\nm,m," + Town.GRID + ",,,weekly XX,08:00,10:00\n"))
        .hasMessageContaining("patrols.csv line 3")
        .hasMessageContaining("XX");
  }
}
