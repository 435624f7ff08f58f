package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Kpi;
import dev.hologrid.gateway.incident.kpi.KpiGroup;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.incident.kpi.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The sums that are stored with the events are what the events say, however they are asked. */
final class KpiAgreement {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final DeskKit kit;
  private final KpiQueries sql;
  private final Map<Incident, List<IncidentEntry>> histories;

  private KpiAgreement(DeskKit kit) {
    this.kit = kit;
    this.sql = new KpiQueries(kit.database, ZONE);
    this.histories =
        kit.all().stream()
            .collect(Collectors.toMap(each -> each, each -> kit.queries.history(each.id())));
  }

  static void check(DeskKit kit, Random random) {
    KpiAgreement agreement = new KpiAgreement(kit);
    agreement.spans(random).forEach(agreement::check);
    List<List<Map<String, Object>>> kept = agreement.stored();
    kit.database.writer().useHandle(handle -> handle.execute("delete from kpi_zone"));
    kit.database.counting(ZONE);
    assertThat(agreement.stored()).as("counted anew").isEqualTo(kept);
  }

  /** Whole days and months, begun ones, moments within one day, and what lies ahead. */
  private List<Span> spans(Random random) {
    Instant end = kit.clock.instant().plusMillis(1);
    Instant begin = end.minus(Duration.ofDays(20));
    LocalDate today = LocalDate.ofInstant(end, ZONE);
    LocalDate month = today.withDayOfMonth(1);
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(begin, end));
    spans.add(new Span(begin, end.minus(Duration.ofDays(3))));
    spans.add(new Span(start(today.minusDays(9)), start(today.minusDays(2))));
    spans.add(new Span(start(month.minusMonths(1)), start(month)));
    spans.add(new Span(start(month.minusMonths(2)), start(month.plusMonths(2))));
    spans.add(new Span(start(month), end));
    spans.add(new Span(start(today), end));
    for (int i = 0; i < 6; i++) {
      Instant from = begin.plus(random.nextInt(20 * 24 * 60), ChronoUnit.MINUTES);
      spans.add(new Span(from, from.plus(1 + random.nextInt(9 * 24 * 60), ChronoUnit.MINUTES)));
    }
    return spans;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  private void check(Span span) {
    Kpi all = fromEvents(span, each -> true);
    assertThat(one(KpiGroup.ALL, Border.EVERYWHERE, span)).as("%s", span).isEqualTo(all);
    assertThat(one(KpiGroup.TOWN, Border.EVERYWHERE, span, Town.TOWN))
        .isEqualTo(fromEvents(span, each -> each.spot().at(1).equals(Town.TOWN)));
    assertThat(one(KpiGroup.DEPARTMENT, Border.EVERYWHERE, span, "应急"))
        .isEqualTo(fromEvents(span, each -> "应急".equals(each.hands().department())));
    for (String category : List.of("FIRE_SMOKE", "SAFETY_HAZARD", "DISPUTE_NEIGHBOUR")) {
      assertThat(one(KpiGroup.CATEGORY, Border.EVERYWHERE, span, category))
          .as("%s %s", category, span)
          .isEqualTo(fromEvents(span, each -> each.report().category().equals(category)));
    }
    for (String place : List.of(Town.COMMUNITY, Town.GRID, Town.GRID2, Town.BUILDING)) {
      assertThat(one(KpiGroup.ALL, Border.of(kit.town, place), span))
          .as("%s %s", place, span)
          .isEqualTo(fromEvents(span, each -> each.spot().path().contains(place)));
    }
    days(span);
  }

  private void days(Span span) {
    for (KpiGroup by : List.of(KpiGroup.DAY, KpiGroup.MONTH)) {
      Compared<KpiGroup, Kpi> report = sql.report(by, Border.EVERYWHERE, span);
      LocalDate day = LocalDate.ofInstant(span.from(), ZONE);
      LocalDate first = by == KpiGroup.MONTH ? day.withDayOfMonth(1) : day;
      while (start(first).isBefore(span.to())) {
        LocalDate next = by == KpiGroup.MONTH ? first.plusMonths(1) : first.plusDays(1);
        Instant from = start(first).isBefore(span.from()) ? span.from() : start(first);
        Instant to = start(next).isAfter(span.to()) ? span.to() : start(next);
        String name = first.toString().substring(0, by == KpiGroup.MONTH ? 7 : 10);
        assertThat(report.now().getOrDefault(name, KpiFromEvents.NONE))
            .as("%s of %s", name, span)
            .isEqualTo(fromEvents(new Span(from, to), each -> true));
        first = next;
      }
    }
  }

  private Kpi one(KpiGroup by, Border border, Span span) {
    return one(by, border, span, "");
  }

  private Kpi one(KpiGroup by, Border border, Span span, String group) {
    return sql.report(by, border, span).now().getOrDefault(group, KpiFromEvents.NONE);
  }

  private Kpi fromEvents(Span span, Predicate<Incident> which) {
    List<List<IncidentEntry>> some =
        histories.entrySet().stream()
            .filter(each -> which.test(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return KpiFromEvents.of(some, span.from(), span.to());
  }

  /** The rows that say something, in order. */
  private List<List<Map<String, Object>>> stored() {
    String groups = " k join kpi_groups g on g.id = k.grp where ";
    String order =
        " order by k.grain, k.period, g.grid, g.community, g.town, g.district,"
            + " g.category, g.department";
    return List.of(
        rows(
            "select k.*, g.grid, g.community, g.town, g.category, g.department from kpi_figures"
                + groups
                + "reported + accepted + dispatched + handled + closed > 0"
                + order),
        rows(
            "select k.*, g.grid, g.community, g.town, g.category, g.department from kpi_due"
                + groups
                + "to_handle + to_close > 0"
                + order
                + ", k.done"));
  }

  private List<Map<String, Object>> rows(String sql) {
    List<Map<String, Object>> rows =
        kit.database.reader().withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    rows.forEach(each -> each.remove("grp"));
    return rows;
  }
}
