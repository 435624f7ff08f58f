package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.testing.KilledChild;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while rounds come due, remind and end: each happens once, and none is left out. */
class RoundKillTest {
  private static final int PLANS = 12;
  private static final int DAYS = 10;
  private static final int KILLS = 4;
  private static final Duration STEP = Duration.ofMinutes(20);

  @TempDir Path folder;

  @Test
  void what_is_due_happens_once_over_every_kill() throws Exception {
    Path file = folder.resolve("incidents.db");
    try (RoundKit kit = open(file)) {
      kit.clock.at(kit.at("07:00"));
      for (int i = 0; i < PLANS; i++) {
        kit.plan("p" + i, i % 3 == 0 ? null : "olga", RoundKit.ROUTE);
        kit.schedule(kit.daily("p" + i, "%02d:00".formatted(8 + i % 4), "14:00"));
      }
    }
    Random random = new Random(11);
    Instant reached = Instant.EPOCH;
    for (int i = 0; i < KILLS; i++) {
      String said =
          KilledChild.after(4 + random.nextInt(12), "looked", Child.class, file.toString());
      assertThat(Instant.parse(said)).isAfterOrEqualTo(reached);
      reached = Instant.parse(said);
    }
    try (RoundKit kit = open(file)) {
      assertThat(kit.all()).as("killed in the middle").hasSizeBetween(PLANS, PLANS * DAYS - 1);
      work(kit, at -> {});
      List<Round> rounds = kit.all();
      assertThat(rounds).hasSize(PLANS * DAYS);
      assertThat(rounds).allMatch(each -> each.state() == Round.State.MISSED);
      assertThat(rounds).allMatch(each -> kit.rounds.replays(each.id()));
      for (Round each : rounds) {
        assertThat(kit.rounds.history(each.id()))
            .as(each.id())
            .extracting(entry -> entry.event().name())
            .containsExactly("came_due", "reminded", "missed");
      }
      assertThat(told(kit))
          .isEqualTo(
              Map.of(
                  "patrol_due", (long) PLANS * DAYS,
                  "patrol_reminder", (long) PLANS * DAYS,
                  "patrol_missed", (long) PLANS * DAYS));
    }
  }

  private static RoundKit open(Path file) {
    return new RoundKit(Database.open("jdbc:sqlite:" + file, "", ""));
  }

  /** How often each thing is told; a key of the outbox is there once by its table. */
  private static Map<String, Long> told(RoundKit kit) {
    List<Outbox.Notice> all = new ArrayList<>();
    List<Outbox.Notice> page;
    long before = Long.MAX_VALUE;
    do {
      page = new Outbox(kit.database).list("WAITING", before, 500);
      all.addAll(page);
      before = page.isEmpty() ? 0 : page.getLast().id();
    } while (!page.isEmpty());
    assertThat(all).extracting(Outbox.Notice::key).doesNotHaveDuplicates();
    return all.stream().collect(Collectors.groupingBy(Outbox.Notice::event, Collectors.counting()));
  }

  private interface Looked {
    void at(Instant now);
  }

  /** Looks every twenty minutes, on from where the rounds in the database have come. */
  private static void work(RoundKit kit, Looked looked) {
    Instant end = kit.at("14:00").plus(Duration.ofDays(DAYS - 1));
    Instant now =
        kit.all().stream()
            .map(each -> each.slot().times().opens())
            .max(Instant::compareTo)
            .orElse(kit.at("08:00"));
    for (; !now.isAfter(end); now = now.plus(STEP)) {
      while (kit.rounds.tick(now) > 0) {
        looked.at(now);
      }
    }
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      try (RoundKit kit = open(Path.of(args[0]))) {
        work(kit, at -> System.out.println("looked " + at));
      }
    }
  }
}
