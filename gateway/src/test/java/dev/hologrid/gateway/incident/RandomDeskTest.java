package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random people do random things; whatever they do, the picture stays whole. */
class RandomDeskTest {
  private static final int STEPS = 200;
  private static final Map<State, Set<State>> LEGAL = legal();

  /** The drawing of the life-cycle, written down a second time and by hand. */
  private static Map<State, Set<State>> legal() {
    Map<State, Set<State>> legal = new EnumMap<>(State.class);
    legal.put(
        State.REPORTED,
        EnumSet.of(State.VERIFYING, State.FILED, State.REJECTED, State.SELF_HANDLED));
    legal.put(State.VERIFYING, EnumSet.of(State.FILED, State.REJECTED, State.SELF_HANDLED));
    legal.put(State.FILED, EnumSet.of(State.DISPATCHED));
    legal.put(State.DISPATCHED, EnumSet.of(State.HANDLING, State.RETURNED));
    legal.put(
        State.HANDLING,
        EnumSet.of(State.FEEDBACK, State.RETURNED, State.DEFERRAL_PENDING, State.SUSPENDED));
    legal.put(State.FEEDBACK, EnumSet.of(State.CHECKING));
    legal.put(State.CHECKING, EnumSet.of(State.CLOSED, State.HANDLING));
    legal.put(State.RETURNED, EnumSet.of(State.FILED));
    legal.put(State.DEFERRAL_PENDING, EnumSet.of(State.HANDLING));
    legal.put(State.SUSPENDED, EnumSet.of(State.HANDLING));
    legal.put(State.CLOSED, EnumSet.of(State.FILED));
    legal.put(State.REJECTED, EnumSet.of(State.REPORTED));
    legal.put(State.SELF_HANDLED, EnumSet.of(State.REPORTED));
    return legal;
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void nothing_they_do_breaks_it(@ForAll long seed) throws IOException {
    Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
    Path folder = Files.createTempDirectory("random-desk");
    try (DeskKit kit =
        new DeskKit(Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", ""))) {
      Random random = new Random(seed);
      for (int i = 0; i < STEPS; i++) {
        step(kit, random, i);
      }
      for (Incident each : kit.all()) {
        walk(kit.queries.history(each.id()));
        assertThat(kit.queries.replays(each.id())).isTrue();
      }
      assertThat(new AuditVerifier(kit.database).verify().whole()).isTrue();
      KpiAgreement.check(kit, random);
    }
  }

  static void step(DeskKit kit, Random random, int i) {
    kit.clock.forward(Duration.ofMinutes(random.nextInt(200)));
    List<Incident> all = kit.all();
    int what = random.nextInt(20);
    if (what == 0 || all.isEmpty()) {
      kit.patrolReport(random.nextBoolean() ? Town.BUILDING : Town.GRID);
    } else if (what == 1) {
      var severity = Severity.values()[random.nextInt(4)];
      kit.desk.take(
          "incidents",
          List.of(
              Town.raised(
                  i, Town.alert("smoke", "s" + random.nextInt(5), i, Town.BUILDING, severity))));
    } else if (what == 2) {
      kit.desk.tick().join();
    } else {
      Incident incident = all.get(random.nextInt(Math.min(6, all.size())));
      List<Person> people = new ArrayList<>(kit.town.all());
      Person person = people.get(random.nextInt(people.size()));
      List<Move> moves = kit.desk.moves(incident, person);
      Move move =
          !moves.isEmpty() && random.nextInt(4) > 0
              ? moves.get(random.nextInt(moves.size()))
              : Move.values()[random.nextInt(Move.values().length)];
      IncidentCommand command = command(move, kit, random, all);
      Result result = kit.desk.command(incident.id(), command, person, null, null).join();
      if (result instanceof Result.Refused refused) {
        assertThat(refused.sentence()).isNotBlank();
        assertThat(kit.queries.get(incident.id(), Person.SYSTEM)).contains(incident);
      }
    }
  }

  private static IncidentCommand command(
      Move move, DeskKit kit, Random random, List<Incident> all) {
    String text = random.nextInt(8) == 0 ? "" : "because";
    String person = random.nextInt(8) == 0 ? "nobody" : random.nextBoolean() ? "olga" : "hu";
    return switch (move) {
      case VERIFY -> new IncidentCommand.Verify(null, text);
      case FILE -> new IncidentCommand.File(text);
      case REJECT -> new IncidentCommand.Reject(text, anyEnd(random));
      case SELF_HANDLE -> new IncidentCommand.SelfHandle(text, anyEnd(random));
      case DISPATCH -> new IncidentCommand.Dispatch(person, null, text);
      case ACKNOWLEDGE -> new IncidentCommand.Acknowledge(text);
      case ACCEPT -> new IncidentCommand.Accept(text);
      case ASSIGN -> new IncidentCommand.Assign(person, text);
      case FEEDBACK -> new IncidentCommand.Feedback(text, List.of());
      case CHECK -> new IncidentCommand.Check(text);
      case REWORK -> new IncidentCommand.Rework(text);
      case CLOSE ->
          new IncidentCommand.Close(
              Resolution.values()[random.nextInt(Resolution.values().length)], 0, 0, 0, text);
      case RETURN -> new IncidentCommand.Return(text);
      case REQUEST_DEFERRAL ->
          new IncidentCommand.RequestDeferral(
              kit.clock.instant().plus(Duration.ofDays(random.nextInt(30))), text);
      case DECIDE_DEFERRAL -> new IncidentCommand.DecideDeferral(random.nextBoolean(), text);
      case SUSPEND -> new IncidentCommand.Suspend(text);
      case RESUME -> new IncidentCommand.Resume(text);
      case SUPERVISE -> new IncidentCommand.Supervise(text, null);
      case UNSUPERVISE -> new IncidentCommand.Unsupervise(text);
      case ESCALATE -> new IncidentCommand.Escalate(text);
      case FORCE_CLOSE -> new IncidentCommand.ForceClose(text);
      case REOPEN -> new IncidentCommand.Reopen(text);
      case COMMENT -> new IncidentCommand.Comment(text);
      case LINK -> new IncidentCommand.Link(all.get(random.nextInt(all.size())).id(), text);
    };
  }

  private static Resolution anyEnd(Random random) {
    Resolution[] all = Resolution.values();
    int which = random.nextInt(all.length + 3);
    return which < all.length ? all[which] : null;
  }

  private static void walk(List<IncidentEntry> history) {
    Incident incident = null;
    for (IncidentEntry each : history) {
      Incident after = IncidentLife.apply(incident, each);
      if (incident != null && after.state() != incident.state()) {
        boolean ended = each.event() instanceof IncidentEvent.Closed && incident.isOpen();
        assertThat(ended || LEGAL.get(incident.state()).contains(after.state()))
            .as("%s -> %s by %s", incident.state(), after.state(), each.event())
            .isTrue();
      }
      if (incident != null && incident.isOpen() && after.isOpen()) {
        assertThat(after.priority()).isLessThanOrEqualTo(incident.priority());
      }
      incident = after;
    }
  }
}
