package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Kpi;
import dev.hologrid.gateway.incident.kpi.KpiCsv;
import dev.hologrid.gateway.incident.kpi.KpiGroup;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.incident.kpi.Span;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a period is compared with: the one before (环比) and the same one a year earlier (同比). */
class ComparedPeriodsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @TempDir Path folder;
  private DeskKit kit;
  private KpiQueries kpis;

  @BeforeEach
  void start() {
    kit = new DeskKit(Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", ""));
    kpis = new KpiQueries(kit.database, ZONE);
    reports("2027-01-31", 7);
    reports("2027-02-28", 1);
    reports("2028-01-01", 5);
    reports("2028-01-31", 2);
    reports("2028-02-28", 3);
    reports("2028-02-29", 4);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  private void reports(String day, int number) {
    kit.clock.at(LocalDate.parse(day).atTime(9, 30).atZone(ZONE).toInstant());
    for (int i = 0; i < number; i++) {
      kit.patrolReport(Town.GRID);
    }
  }

  private Compared<KpiGroup, Kpi> report(KpiGroup by, String from, String to) {
    return kpis.report(
        by,
        Border.EVERYWHERE,
        new Span(
            LocalDate.parse(from).atStartOfDay(ZONE).toInstant(),
            LocalDate.parse(to).atStartOfDay(ZONE).toInstant()));
  }

  private static Map<String, Integer> reported(Map<String, Kpi> of) {
    return of.entrySet().stream()
        .filter(each -> each.getValue().reported() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> (int) each.getValue().reported()));
  }

  @Test
  void a_month_is_compared_with_the_whole_month_before_however_long() {
    Compared<KpiGroup, Kpi> february = report(KpiGroup.ALL, "2028-02-01", "2028-03-01");
    assertThat(reported(february.now())).containsExactly(Map.entry("", 7));
    assertThat(reported(february.previous()))
        .as("29 days beside the 31 of January, its first included")
        .containsExactly(Map.entry("", 7));
    assertThat(reported(february.lastYear())).containsExactly(Map.entry("", 1));
    Compared<KpiGroup, Kpi> months = report(KpiGroup.MONTH, "2028-01-01", "2028-03-01");
    assertThat(reported(months.now())).isEqualTo(Map.of("2028-01", 7, "2028-02", 7));
    assertThat(reported(months.previous())).isEqualTo(Map.of("2028-02", 7));
    assertThat(reported(months.lastYear())).isEqualTo(Map.of("2028-01", 7, "2028-02", 1));
  }

  @Test
  void what_is_no_month_is_compared_with_as_long_a_time() {
    Compared<KpiGroup, Kpi> days = report(KpiGroup.ALL, "2028-02-01", "2028-02-29");
    assertThat(reported(days.now())).containsExactly(Map.entry("", 3));
    assertThat(reported(days.previous()))
        .as("28 days: from 4 January on")
        .containsExactly(Map.entry("", 2));
  }

  @Test
  void the_29th_of_february_is_compared_with_the_28th_of_the_year_before() {
    Compared<KpiGroup, Kpi> day = report(KpiGroup.ALL, "2028-02-29", "2028-03-01");
    assertThat(reported(day.now())).containsExactly(Map.entry("", 4));
    assertThat(reported(day.previous())).containsExactly(Map.entry("", 3));
    assertThat(reported(day.lastYear())).containsExactly(Map.entry("", 1));
    Compared<KpiGroup, Kpi> days = report(KpiGroup.DAY, "2028-02-28", "2028-03-02");
    assertThat(reported(days.now())).isEqualTo(Map.of("2028-02-28", 3, "2028-02-29", 4));
    assertThat(reported(days.previous())).isEqualTo(Map.of("2028-02-29", 3, "2028-03-01", 4));
    assertThat(reported(days.lastYear())).isEqualTo(Map.of("2028-02-28", 1, "2028-02-29", 1));
  }

  @Test
  void the_table_has_a_row_for_each_group_and_period_that_has_cases() {
    Incident handled = kit.all().getLast();
    kit.clock.at(LocalDate.parse("2028-03-01").atTime(10, 0).atZone(ZONE).toInstant());
    kit.done(handled, new IncidentCommand.SelfHandle("swept", Resolution.DONE), Town.OFFICER);
    List<String> lines =
        KpiCsv.of(report(KpiGroup.TOWN, "2028-02-01", "2028-03-01")).lines().toList();
    assertThat(lines)
        .hasSize(4)
        .startsWith(
            "group,period,reported,accepted,filed,filing_rate,self_handled,dispatched,return_rate,"
                + "handled,in_time_handling_rate,rework_rate,deferral_rate,due_to_handle,"
                + "handling_rate,average_handle_minutes,due_to_close,closing_rate,"
                + "in_time_closing_rate,closed,in_grid_closure_rate,false_alarm_rate");
    String town = "\"" + Town.TOWN + "\",";
    assertThat(lines.get(1)).startsWith(town + "now,7,");
    assertThat(lines.get(2)).startsWith(town + "previous,7,");
    assertThat(lines.get(3)).startsWith(town + "last_year,1,");
    assertThat(lines).allSatisfy(each -> assertThat(each.split(",", -1)).hasSize(22));
    assertThat(lines.get(1).split(",", -1)[20]).as("nothing is closed: no rate").isEmpty();
  }
}
