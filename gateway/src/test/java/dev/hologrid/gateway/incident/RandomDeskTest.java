package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
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
      report(kit, random);
    } else if (what == 1) {
      kit.desk.take("incidents", List.of(alarm(random, i)));
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
        assertThat(refused.kind()).isNotNull();
        assertThat(refused.sentence()).isNotBlank();
        assertThat(kit.queries.get(incident.id(), Person.SYSTEM)).contains(incident);
      }
    }
  }

  /** Of any origin but a sensor's, by anybody, who may not be allowed to. */
  private static void report(DeskKit kit, Random random) {
    Origin origin = Origin.values()[random.nextInt(Origin.values().length)];
    List<Person> people = new ArrayList<>(kit.town.all());
    String category = random.nextBoolean() ? "SAFETY_HAZARD" : "DISPUTE_NEIGHBOUR";
    String[] places = {Town.BUILDING, Town.GRID, Town.COMMUNITY, Town.TOWN, "nowhere"};
    kit.desk
        .open(
            new Opening(
                category,
                places[random.nextInt(places.length)],
                "something",
                "",
                origin,
                random.nextInt(5) == 0 ? Priority.values()[random.nextInt(4)] : null,
                List.of()),
            people.get(random.nextInt(people.size())),
            null)
        .join();
  }

  /** An alert that begins, gets worse or ends; the ones before it may never have come. */
  private static Entry<AlertEvent> alarm(Random random, int offset) {
    String[] places = {Town.BUILDING, Town.BUILDING, Town.GRID, Town.COMMUNITY, ""};
    AlertEvent.Kind kind = AlertEvent.Kind.values()[random.nextInt(3)];
    Severity severity = Severity.values()[random.nextInt(4)];
    String rule = random.nextInt(4) == 0 ? "INTRUSION" : "smoke";
    int device = random.nextInt(5);
    long activation = random.nextInt(3);
    Alert alert =
        Town.alert(rule, "s" + device, activation, places[device % places.length], severity);
    return new Entry<>(offset, new AlertEvent(kind, alert, 1_000, 1_000));
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
      case DISPATCH ->
          new IncidentCommand.Dispatch(person, random.nextInt(3) == 0 ? "应急" : null, text);
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
        assertThat(endsEarly(incident, each) || LEGAL.get(incident.state()).contains(after.state()))
            .as("%s -> %s by %s", incident.state(), after.state(), each.event())
            .isTrue();
      }
      if (incident != null) {
        judged(incident, each);
      }
      if (incident != null && incident.isOpen() && !after.isOpen()) {
        ended(after, each);
      }
      if (incident != null && incident.isOpen() && after.isOpen()) {
        assertThat(after.priority()).isLessThanOrEqualTo(incident.priority());
      }
      incident = after;
    }
  }

  /** Only what is forced, or closed with its parent, is closed without having been checked. */
  private static boolean endsEarly(Incident before, IncidentEntry entry) {
    return entry.event() instanceof IncidentEvent.Closed closed
        && before.isOpen()
        && (closed.forced() || closed.outcome().resolution() == Resolution.DUPLICATE);
  }

  /** Whoever handled a case never judges it. */
  private static void judged(Incident before, IncidentEntry entry) {
    boolean judges =
        entry.event() instanceof IncidentEvent.Verified
            || entry.event() instanceof IncidentEvent.CheckStarted
            || entry.event() instanceof IncidentEvent.ReworkOrdered
            || entry.event() instanceof IncidentEvent.Closed;
    if (judges) {
      assertThat(before.hands().handlers()).as("%s", entry).doesNotContain(entry.by());
    }
    if (entry.event() instanceof IncidentEvent.DeferralDecided) {
      assertThat(entry.by()).isNotEqualTo(before.hands().deferralBy());
    }
  }

  /**
   * A sensor's case says how it ended, and nothing but the end of its parent closes it by itself.
   */
  private static void ended(Incident after, IncidentEntry entry) {
    if (after.report().origin() == Origin.SENSOR) {
      assertThat(after.ends().outcome()).as("%s", entry).isNotNull();
      boolean duplicate = after.ends().outcome().resolution() == Resolution.DUPLICATE;
      assertThat(duplicate || !entry.by().equals(Person.SYSTEM.id())).as("%s", entry).isTrue();
    }
  }
}
