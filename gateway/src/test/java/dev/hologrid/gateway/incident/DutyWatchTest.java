package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.notify.NotifyConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on duty and hears of nothing, and when the known holidays end, is seen in time. */
class DutyWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
  @TempDir Path folder;

  private static Subscribers channel(String more) {
    Settings settings =
        Settings.parse(
            "test",
            "notify: {channels: [{name: hook, kind: webhook, url: 'https://example.org'"
                + more
                + "}]}",
            Map.of());
    return NotifyConfig.read(settings).interest();
  }

  @Test
  void nothing_reaches_who_has_no_telephone_where_no_channel_hears_of_what_is_dispatched() {
    try (Database database =
        Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", "")) {
      Roster roster = new Roster(database);
      roster.importCsv(
          """
          id,name,roles,scope,phone
          olga,Olga,officer,,139
          chen,Chen,handler,,
          dana,Dana,dispatcher,,
          li,Li,officer,,
          rosa,Rosa,resident,,
          adam,Adam,admin,,
          """);
      roster.setShifts("dana", List.of(new Roster.Shift(NOW, NOW.plusSeconds(60))));
      roster.save(List.of(roster.find("li").onDuty(false)));
      DutyWatch watch = watch(roster, Subscribers.NONE);
      assertThat(watch.onDuty(NOW)).extracting(Person::id).containsExactly("chen", "dana", "olga");
      assertThat(watch.unreachable(NOW)).extracting(Person::id).containsExactly("chen", "dana");
      assertThat(watch.unreachable(NOW.plusSeconds(60)))
          .as("after the shift")
          .extracting(Person::id)
          .containsExactly("chen");
      assertThat(watch(roster, channel("")).unreachable(NOW)).isEmpty();
      assertThat(watch(roster, channel(", events: [audit_anchor]")).unreachable(NOW)).hasSize(2);
      assertThat(watch(roster, channel(", least: P1")).unreachable(NOW))
          .as("a channel for the worst only")
          .hasSize(2);
    }
  }

  private static DutyWatch watch(People people, Subscribers subscribers) {
    return new DutyWatch(people, subscribers, Catalog.standard().calendar());
  }

  @Test
  void health_says_that_the_calendar_ends_thirty_days_before_it_does() {
    try (DeskKit kit =
        new DeskKit(Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", ""))) {
      kit.clock.at(Instant.parse("2026-12-01T15:59:59Z")); // still the first in Shanghai
      assertThat(kit.desk.check().word()).isEqualTo("ok");
      kit.clock.at(Instant.parse("2026-12-01T16:00:00Z"));
      assertThat(kit.desk.check().word()).isEqualTo("degraded");
      assertThat(kit.desk.check().why())
          .contains("ends with 2026, in 29 days")
          .contains("incidents.holidays")
          .contains("Monday to Friday");
      kit.clock.at(Instant.parse("2026-12-31T16:00:00Z"));
      assertThat(kit.desk.check().why()).contains("ended with 2026").contains("2027");
      assertThat(Catalog.standard().calendar().daysLeft(kit.clock.instant())).hasValue(-1);
    }
  }
}
