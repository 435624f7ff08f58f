package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every command in every state, against the table in docs/incidents.md. */
class TransitionTableTest {
  private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
  private static final Policy POLICY = new Policy(Catalog.standard(), new Town());
  private static final Set<State> OPEN = EnumSet.allOf(State.class);
  private static final Map<Move, Map<State, State>> TABLE = new EnumMap<>(Move.class);
  private static final Map<Move, String> WHO = new EnumMap<>(Move.class);
  private static final Map<Move, String> NEEDS = new EnumMap<>(Move.class);

  @BeforeAll
  static void read() throws Exception {
    OPEN.removeIf(each -> !each.isOpen());
    Path docs = Path.of("docs/incidents.md");
    Path file = Files.exists(docs) ? docs : Path.of("..").resolve(docs);
    boolean in = false;
    for (String line : Files.readAllLines(file)) {
      in = line.startsWith("| command ") || (in && line.startsWith("|"));
      if (in && !line.startsWith("| command ") && !line.startsWith("|--")) {
        row(line.split("\\|", -1));
      }
    }
  }

  private static void row(String[] cells) {
    Move move = Move.valueOf(cells[1].strip().toUpperCase(Locale.ROOT));
    Map<State, State> to = TABLE.computeIfAbsent(move, each -> new EnumMap<>(State.class));
    for (String each : cells[2].split(",", -1)) {
      Set<State> states =
          each.strip().equals("open") ? OPEN : EnumSet.of(State.valueOf(each.strip()));
      for (State state : states) {
        State target = cells[3].strip().equals("same") ? state : State.valueOf(cells[3].strip());
        assertThat(to.put(state, target)).as("%s from %s is there twice", move, state).isNull();
      }
    }
    WHO.put(move, cells[4].strip());
    NEEDS.put(move, cells[5].strip());
  }

  @Test
  void the_table_has_every_command_with_its_roles_and_fields() {
    assertThat(TABLE.keySet()).containsExactlyInAnyOrder(Move.values());
    for (Move each : Move.values()) {
      assertThat(new TreeSet<>(Arrays.asList(WHO.get(each).split(", "))))
          .as("who may %s", each)
          .isEqualTo(new TreeSet<>(each.who().roles().stream().map(Role::word).toList()));
      assertThat(NEEDS.get(each)).as("%s", each).isEqualTo(String.join(", ", each.needs()));
    }
  }

  @Test
  void every_command_in_every_state_does_what_the_table_says() {
    for (State state : State.values()) {
      for (Move move : Move.values()) {
        Incident incident = in(state, move);
        Decision decision =
            IncidentDecider.decide(incident, command(move), person(move), NOW, POLICY);
        State to = TABLE.get(move).get(state);
        if (to == null) {
          assertThat(decision)
              .as("%s in %s", move, state)
              .isInstanceOfSatisfying(
                  Decision.Refused.class,
                  no ->
                      assertThat(no.kind())
                          .isEqualTo(state.isOpen() ? Refusal.WRONG_STATE : Refusal.ALREADY_DONE));
        } else {
          assertThat(decision).as("%s in %s", move, state).isInstanceOf(Decision.Accepted.class);
          assertThat(apply(incident, ((Decision.Accepted) decision).events(), person(move)).state())
              .as("%s in %s", move, state)
              .isEqualTo(to);
        }
      }
    }
  }

  private static Person person(Move move) {
    return switch (move) {
      case ACKNOWLEDGE, ACCEPT, FEEDBACK, RETURN, REQUEST_DEFERRAL -> Town.OFFICER;
      case VERIFY, SELF_HANDLE, CHECK, REWORK, CLOSE -> Town.CHECKER;
      case SUPERVISE, UNSUPERVISE, FORCE_CLOSE, REOPEN, DECIDE_DEFERRAL, SUSPEND, RESUME ->
          Town.SUPERVISOR;
      default -> Town.DISPATCHER;
    };
  }

  private static IncidentCommand command(Move move) {
    return switch (move) {
      case VERIFY -> new IncidentCommand.Verify(null, "");
      case FILE -> new IncidentCommand.File("");
      case REJECT -> new IncidentCommand.Reject("no", null);
      case SELF_HANDLE -> new IncidentCommand.SelfHandle("swept", null);
      case DISPATCH -> new IncidentCommand.Dispatch("olga", null, "");
      case ACKNOWLEDGE -> new IncidentCommand.Acknowledge("");
      case ACCEPT -> new IncidentCommand.Accept("");
      case ASSIGN -> new IncidentCommand.Assign("chen", "");
      case FEEDBACK -> new IncidentCommand.Feedback("done", List.of());
      case CHECK -> new IncidentCommand.Check("");
      case REWORK -> new IncidentCommand.Rework("not clean");
      case CLOSE -> new IncidentCommand.Close(Resolution.DONE, 0, 0, 0, "");
      case RETURN -> new IncidentCommand.Return("not ours");
      case REQUEST_DEFERRAL ->
          new IncidentCommand.RequestDeferral(NOW.plus(Duration.ofDays(30)), "rain");
      case DECIDE_DEFERRAL -> new IncidentCommand.DecideDeferral(true, "");
      case SUSPEND -> new IncidentCommand.Suspend("no parts");
      case RESUME -> new IncidentCommand.Resume("");
      case SUPERVISE -> new IncidentCommand.Supervise("the mayor asks", Supervision.LEADER);
      case UNSUPERVISE -> new IncidentCommand.Unsupervise("");
      case ESCALATE -> new IncidentCommand.Escalate("too big");
      case FORCE_CLOSE -> new IncidentCommand.ForceClose("gone");
      case REOPEN -> new IncidentCommand.Reopen("still there");
      case COMMENT -> new IncidentCommand.Comment("seen");
      case LINK -> new IncidentCommand.Link("another", "");
    };
  }

  /**
   * A resident's urgent report, carried to a state; not yet verified, so that verify has a point.
   */
  private static Incident in(State state, Move move) {
    Report report = new Report("t", "", "GAS_LEAK", "GAS", Origin.RESIDENT, "rui", List.of());
    Spot spot = new Spot(Town.BUILDING, new Town().path(Town.BUILDING));
    IncidentEvent opened =
        new IncidentEvent.Opened("n", report, spot, Priority.P1, Level.GRID, null, null, null);
    Incident incident = IncidentLife.apply(null, new IncidentEntry(1, "i", 1, NOW, "rui", opened));
    if (move == Move.UNSUPERVISE) {
      IncidentEvent supervised = new IncidentEvent.Supervised("r", Supervision.LEADER);
      incident = apply(incident, List.of(supervised), Town.SUPERVISOR);
    }
    for (Move each : way(state)) {
      Decision decision =
          IncidentDecider.decide(incident, command(each), person(each), NOW, POLICY);
      assertThat(decision)
          .as("the way to %s by %s", state, each)
          .isInstanceOf(Decision.Accepted.class);
      incident = apply(incident, ((Decision.Accepted) decision).events(), person(each));
    }
    assertThat(incident.state()).isEqualTo(state);
    return incident;
  }

  private static List<Move> way(State state) {
    List<Move> handling = List.of(Move.FILE, Move.DISPATCH, Move.ACCEPT);
    return switch (state) {
      case REPORTED -> List.of();
      case VERIFYING -> List.of(Move.VERIFY);
      case FILED -> List.of(Move.FILE);
      case DISPATCHED -> List.of(Move.FILE, Move.DISPATCH);
      case HANDLING -> handling;
      case FEEDBACK -> and(handling, Move.FEEDBACK);
      case CHECKING -> and(handling, Move.FEEDBACK, Move.CHECK);
      case CLOSED -> and(handling, Move.FEEDBACK, Move.CHECK, Move.CLOSE);
      case REJECTED -> List.of(Move.REJECT);
      case SELF_HANDLED -> List.of(Move.SELF_HANDLE);
      case RETURNED -> and(handling, Move.RETURN);
      case DEFERRAL_PENDING -> and(handling, Move.REQUEST_DEFERRAL);
      case SUSPENDED -> and(handling, Move.SUSPEND);
    };
  }

  private static List<Move> and(List<Move> first, Move... more) {
    List<Move> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }

  private static Incident apply(Incident incident, List<IncidentEvent> events, Person by) {
    Incident now = incident;
    for (IncidentEvent each : events) {
      int version = now.version() + 1;
      now =
          IncidentLife.apply(
              now, new IncidentEntry(version, now.id(), version, NOW, by.id(), each));
    }
    return now;
  }
}
