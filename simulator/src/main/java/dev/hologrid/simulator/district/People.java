package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Level;
import dev.hologrid.simulator.site.Person;
import dev.hologrid.simulator.site.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invented people: an officer in each grid, departments and dispatchers in each town. */
final class People {
  private static final List<String> DEPARTMENTS = List.of("消防", "公安", "城管", "物业");

  private final List<Person> people = new ArrayList<>();
  private int officers;
  private int handlers;
  private int dispatchers;
  private int supervisors;

  private People() {}

  static List<Person> of(List<Place> places) {
    People all = new People();
    for (Place place : places) {
      all.staff(place);
    }
    return List.copyOf(all.people);
  }

  private void staff(Place place) {
    if (place.level() == Level.DISTRICT || place.level() == Level.TOWN) {
      String name = place.name().substring(0, 2);
      add("dispatcher", ++dispatchers, name + "调度员%04d", place);
      add("supervisor", ++supervisors, name + "督办员%04d", place);
      for (String department : DEPARTMENTS) {
        add("handler", ++handlers, name + department + "处置员%04d", place);
      }
      if (place.level() == Level.DISTRICT) {
        add("admin", 1, "系统管理员%04d", place);
        add("resident", 1, "居民%04d", place);
      }
    } else if (place.level() == Level.GRID) {
      add("officer", ++officers, "网格员%04d", place);
    }
  }

  private void add(String role, int number, String name, Place place) {
    people.add(
        new Person(
            String.format(Locale.ROOT, "%s-%04d", role, number),
            String.format(Locale.ROOT, name, number),
            List.of(role),
            place.code(),
            String.format(Locale.ROOT, "000-%08d", people.size() + 1)));
  }
}
