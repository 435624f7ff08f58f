package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who walks, and who is told when nobody did. Pure over the people as they are. */
final class Watch {
  private Watch() {}

  /**
   * The officer on duty whose scope is nearest to the grid, then the one with the fewest rounds.
   *
   * @param path of the grid, outermost first
   * @param loads rounds that are due, by officer
   */
  static @Nullable String officer(
      People people, List<String> path, Instant now, Map<String, Integer> loads) {
    return people.all().stream()
        .filter(each -> each.has(Role.OFFICER) && each.covers(path) && people.onDuty(each, now))
        .min(
            Comparator.comparingInt((Person each) -> -path.indexOf(each.scope()))
                .thenComparingInt(each -> loads.getOrDefault(each.id(), 0))
                .thenComparing(Person::id))
        .map(Person::id)
        .orElse(null);
  }

  /** The supervisors nearest to a grid; where there is none, the nearest dispatchers. */
  static List<String> supervisors(People people, List<String> path) {
    List<String> found = nearest(people, path, Role.SUPERVISOR);
    return found.isEmpty() ? nearest(people, path, Role.DISPATCHER) : found;
  }

  private static List<String> nearest(People people, List<String> path, Role role) {
    List<Person> all =
        people.all().stream().filter(each -> each.has(role) && each.covers(path)).toList();
    int depth = all.stream().mapToInt(each -> path.indexOf(each.scope())).max().orElse(-1);
    return all.stream()
        .filter(each -> path.indexOf(each.scope()) == depth)
        .map(Person::id)
        .sorted()
        .toList();
  }
}
