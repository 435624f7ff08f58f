package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Who should get an incident. Pure. */
final class Routing {
  private Routing() {}

  /**
   * The on-duty officer or handler with the nearest scope, then the one who was last seen nearest,
   * then the least open cases, then the smallest id; where there is none, the nearest dispatcher;
   * null when nobody is on duty.
   */
  static @Nullable Person firstResponder(
      Spot spot, People people, ToIntFunction<String> openCases, Instant now) {
    Person hands =
        nearest(
            spot, people, each -> each.has(Role.OFFICER) || each.has(Role.HANDLER), openCases, now);
    return hands != null
        ? hands
        : nearest(spot, people, each -> each.has(Role.DISPATCHER), openCases, now);
  }

  private static @Nullable Person nearest(
      Spot spot,
      People people,
      Predicate<Person> fit,
      ToIntFunction<String> openCases,
      Instant now) {
    return people.all().stream()
        .filter(each -> people.onDuty(each, now))
        .filter(fit)
        .filter(each -> each.covers(spot.path()))
        .min(
            Comparator.comparingInt((Person each) -> -depth(spot, each))
                .thenComparingLong(each -> hundreds(people.metresFrom(each, spot.place(), now)))
                .thenComparingInt(each -> openCases.applyAsInt(each.id()))
                .thenComparing(Person::id))
        .orElse(null);
  }

  /** Positions are good to about a hundred metres; whoever is nowhere comes last. */
  private static long hundreds(double metres) {
    return Double.isNaN(metres) ? Long.MAX_VALUE : Math.round(metres / 100);
  }

  private static int depth(Spot spot, Person person) {
    return person.scope().isEmpty() ? -1 : spot.path().indexOf(person.scope());
  }

  /** Those who direct at a level: dispatchers and supervisors whose scope is that place. */
  static List<String> responsible(Spot spot, Level level, People people) {
    int depth = Level.DISTRICT.ordinal() - level.ordinal();
    String place = spot.at(depth);
    List<String> ids = new ArrayList<>();
    for (Person each : people.all()) {
      boolean directs = each.has(Role.DISPATCHER) || each.has(Role.SUPERVISOR);
      boolean there = level == Level.DISTRICT && each.scope().isEmpty();
      if (directs && (there || (!place.isEmpty() && each.scope().equals(place)))) {
        ids.add(each.id());
      }
    }
    ids.sort(Comparator.naturalOrder());
    return ids;
  }
}
