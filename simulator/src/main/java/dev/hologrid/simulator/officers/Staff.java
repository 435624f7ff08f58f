package dev.hologrid.simulator.officers;

import dev.hologrid.simulator.site.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who does what, from the site's people. */
final class Staff {
  private final List<Person> officers;
  private final Person dispatcher;
  private final Person supervisor;

  Staff(List<Person> people) {
    this.officers = with(people, "officer");
    this.dispatcher = widest(people, "dispatcher");
    this.supervisor = widest(people, "supervisor");
  }

  private static List<Person> with(List<Person> people, String role) {
    List<Person> found = people.stream().filter(each -> each.roles().contains(role)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("people.csv has nobody with the role " + role);
    }
    return found;
  }

  private static Person widest(List<Person> people, String role) {
    return with(people, role).stream()
        .min(java.util.Comparator.comparingInt(each -> each.scope().length()))
        .orElseThrow();
  }

  String dispatcher() {
    return dispatcher.id();
  }

  /** Not the person who handled it. */
  String checker(@Nullable String handledBy) {
    return supervisor.id().equals(handledBy) ? dispatcher.id() : supervisor.id();
  }

  /** The officer of the grid that the place is in; anybody when there is none. */
  String officerFor(String place) {
    return officers.stream()
        .filter(each -> place.startsWith(each.scope()))
        .findFirst()
        .orElse(officers.getFirst())
        .id();
  }
}
