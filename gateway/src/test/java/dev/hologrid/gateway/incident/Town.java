package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small district for tests: the tree follows from the codes, one of each role in each place. */
public final class Town implements Places, People {
  public static final String DISTRICT = "440605";
  public static final String TOWN = "440605011";
  public static final String COMMUNITY = "440605011001";
  public static final String GRID = "440605011001001";
  public static final String GRID2 = "440605011001002";
  public static final String BUILDING = GRID + "-00001";

  public static final Person DISPATCHER = person("dana", DISTRICT, Role.DISPATCHER);
  public static final Person SUPERVISOR = person("sun", DISTRICT, Role.SUPERVISOR);
  public static final Person OFFICER = person("olga", GRID, Role.OFFICER);
  public static final Person CHECKER = person("chen", GRID, Role.OFFICER);
  public static final Person OTHER_OFFICER = person("far", GRID2, Role.OFFICER);
  public static final Person HANDLER = person("hu", TOWN, Role.HANDLER);
  public static final Person RESIDENT = person("rui", COMMUNITY, Role.RESIDENT);
  public static final Person TOWN_DISPATCHER = person("tang", TOWN, Role.DISPATCHER);

  private final Map<String, Person> people = new LinkedHashMap<>();

  public Town() {
    for (Person each :
        List.of(
            DISPATCHER,
            SUPERVISOR,
            OFFICER,
            CHECKER,
            OTHER_OFFICER,
            HANDLER,
            RESIDENT,
            TOWN_DISPATCHER)) {
      people.put(each.id(), each);
    }
  }

  public Town with(Person person) {
    people.put(person.id(), person);
    return this;
  }

  public static Person person(String id, String scope, Role... roles) {
    return new Person(id, id, Set.of(roles), scope, true, "");
  }

  @Override
  public List<String> path(String code) {
    List<String> path = new ArrayList<>();
    for (int length : new int[] {6, 9, 12, 15, 21}) {
      if (code.length() >= length) {
        path.add(code.substring(0, length));
      }
    }
    if (code.length() > 21) {
      path.add(code);
    }
    return path;
  }

  @Override
  public List<String> nowhere() {
    return List.of(DISTRICT);
  }

  @Override
  public @Nullable Person find(String id) {
    return people.get(id);
  }

  @Override
  public Collection<Person> all() {
    return people.values();
  }

  public static Alert alert(
      String rule, String device, long activation, String place, Severity severity) {
    String category = rule.startsWith("smoke") ? "FIRE_SMOKE" : rule;
    return new Alert(
        new AlertId(rule, device, activation),
        severity,
        category,
        place,
        1_000,
        null,
        0.9,
        Map.of(),
        Map.of("summary", "Smoke at " + device),
        List.of(),
        "v1");
  }

  public static Entry<AlertEvent> raised(long offset, Alert alert) {
    return new Entry<>(offset, new AlertEvent(AlertEvent.Kind.RAISED, alert, 1_000, 1_000));
  }

  static Entry<AlertEvent> cleared(long offset, Alert alert) {
    return new Entry<>(offset, new AlertEvent(AlertEvent.Kind.CLEARED, alert, 2_000, 2_000));
  }
}
