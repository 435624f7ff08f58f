package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Town;
import dev.hologrid.gateway.patrol.Round.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random officers walk, are late, stay away; whatever happens, the picture stays whole. */
class RandomRoundsTest {
  private static final int STEPS = 250;
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Map<State, Set<State>> LEGAL = new EnumMap<>(State.class);

  static {
    LEGAL.put(State.DUE, EnumSet.of(State.DONE, State.MISSED, State.EXCUSED));
    LEGAL.put(State.MISSED, EnumSet.of(State.LATE, State.EXCUSED));
    LEGAL.put(State.DONE, EnumSet.noneOf(State.class));
    LEGAL.put(State.LATE, EnumSet.noneOf(State.class));
    LEGAL.put(State.EXCUSED, EnumSet.noneOf(State.class));
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void nothing_they_do_breaks_it(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("random-rounds");
    try (RoundKit kit =
        new RoundKit(Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", ""))) {
      Random random = new Random(seed);
      kit.clock.at(kit.at("00:00"));
      kit.plan("a", null, RoundKit.ROUTE);
      kit.plan("b", "olga", List.of());
      kit.schedule(kit.daily("a", "08:00", "12:00"));
      kit.schedule(kit.daily("b", "22:00", "04:00"));
      for (int i = 0; i < STEPS; i++) {
        kit.clock.forward(Duration.ofMinutes(random.nextInt(120)));
        step(kit, random);
      }
      kit.rounds.tick(kit.clock.instant());
      check(kit);
    }
  }

  private static void step(RoundKit kit, Random random) {
    Person officer = random.nextBoolean() ? Town.OFFICER : Town.CHECKER;
    Instant now = kit.clock.instant();
    List<Round> all = kit.all();
    switch (random.nextInt(6)) {
      case 0 -> kit.rounds.tick(now);
      case 1 -> kit.patrols.begin(random.nextBoolean() ? "a" : "b", officer, now);
      case 2, 3 -> {
        Plan.Point point = RoundKit.ROUTE.get(random.nextInt(2));
        for (Patrol each : kit.patrols.list(null, officer.id(), LATER, 1)) {
          kit.patrols.checkIn(each.id(), position(point, random), officer, now);
        }
      }
      case 4 -> {
        for (Patrol each : kit.patrols.list(null, officer.id(), LATER, 1)) {
          kit.patrols.end(each.id(), officer, now);
        }
      }
      default -> {
        if (!all.isEmpty()) {
          Round round = all.get(random.nextInt(all.size()));
          RoundCommand command =
              random.nextInt(4) == 0
                  ? new RoundCommand.Excuse(random.nextBoolean() ? "storm" : "")
                  : new RoundCommand.Assign(officer.id());
          if (kit.rounds.command(round.id(), command, Town.DISPATCHER, now)
              instanceof PatrolResult.Refused<Round> no) {
            assertThat(no.sentence()).isNotBlank();
            assertThat(kit.rounds.find(round.id())).isEqualTo(round);
          }
        }
      }
    }
  }

  private static Patrols.Position position(Plan.Point point, Random random) {
    int accuracy = random.nextInt(4) == 0 ? 500 : 5;
    return new Patrols.Position(point.lon(), point.lat(), accuracy, "phone", List.of());
  }

  private static void check(RoundKit kit) {
    long planned = 0;
    long missed = 0;
    long visited = 0;
    for (Round each : kit.all()) {
      assertThat(kit.rounds.replays(each.id())).isTrue();
      Set<String> once = new HashSet<>();
      Round round = null;
      for (Rounds.Entry entry : kit.rounds.history(each.id())) {
        Round after = RoundLife.apply(round, entry.event(), entry.at());
        assertThat(after.version()).isEqualTo(entry.version());
        if (round != null && round.state() != after.state()) {
          assertThat(LEGAL.get(round.state())).contains(after.state());
        }
        if (!(entry.event() instanceof RoundEvent.Visited)
            && !(entry.event() instanceof RoundEvent.Assigned)
            && !(entry.event() instanceof RoundEvent.Begun)) {
          assertThat(once.add(entry.event().name())).as("once: %s", entry.event()).isTrue();
        }
        round = after;
      }
      boolean over = !each.slot().times().closes().isAfter(kit.clock.instant());
      assertThat(over && each.state() == State.DUE).isFalse();
      if (each.state() != State.DUE && each.state() != State.EXCUSED) {
        planned++;
        missed += each.state() == State.MISSED ? 1 : 0;
        visited += each.visits().size();
      }
    }
    PatrolKpis.Counts counts =
        kit.counts(PatrolKpis.By.ALL).getOrDefault("", new PatrolKpis.Counts(0, 0, 0, 0, 0, 0));
    assertThat(counts.planned()).isEqualTo(planned).isGreaterThan(0);
    assertThat(counts.missed()).isEqualTo(missed);
    assertThat(counts.visited()).isEqualTo(visited);
    assertThat(counts.done() + counts.missed()).isEqualTo(planned);
  }
}
