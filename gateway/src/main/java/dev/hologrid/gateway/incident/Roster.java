package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.site.Csv;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The people of the site, kept in SQL and in memory. Safe for use by many threads. */
public final class Roster implements People {
  private static final Duration STALE = Duration.ofHours(1);
  private final Database database;
  private final Distances map;
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final Map<String, List<Shift>> shifts = new ConcurrentHashMap<>();
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** Without a map: nobody is nearer than another. */
  public Roster(Database database) {
    this(database, (place, lon, lat) -> Double.NaN);
  }

  public Roster(Database database, Distances map) {
    this.database = database;
    this.map = map;
  }

  /** Reads the stored people. Blocks. */
  public Roster load() {
    database
        .reader()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "select id, name, roles, scope, on_duty, phone, department from people")
                    .map(
                        (rs, ctx) ->
                            new Person(
                                rs.getString(1),
                                rs.getString(2),
                                roles(rs.getString(3)),
                                rs.getString(4),
                                rs.getInt(5) == 1,
                                rs.getString(6),
                                rs.getString(7)))
                    .forEach(each -> people.put(each.id(), each)));
    database
        .reader()
        .useHandle(
            handle ->
                handle
                    .createQuery("select person, from_at, to_at from shifts order by from_at")
                    .map(
                        (rs, ctx) ->
                            shifts
                                .computeIfAbsent(
                                    rs.getString(1), person -> new CopyOnWriteArrayList<>())
                                .add(
                                    new Shift(
                                        Instant.ofEpochMilli(rs.getLong(2)),
                                        Instant.ofEpochMilli(rs.getLong(3)))))
                    .list());
    return this;
  }

  /**
   * Takes the text of people.csv (header {@code id,name,roles,scope,phone} and perhaps {@code
   * department}; roles separated by semicolons). Whoever is there already keeps being on duty or
   * not. Blocks.
   *
   * @return how many people it holds
   * @throws IllegalArgumentException naming the line that is wrong; nobody is stored then
   */
  public int importCsv(String text) {
    List<Person> read = new ArrayList<>();
    Csv.each(text, "people.csv", "id,name,roles,scope,phone", cells -> read.add(person(cells)));
    save(read);
    return read.size();
  }

  private Person person(List<String> cells) {
    String id = cells.get(0);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a person has an id; give one that nobody else has");
    }
    Person known = people.get(id);
    return new Person(
        id,
        cells.get(1),
        roles(cells.get(2)),
        cells.get(3),
        known == null || known.onDuty(),
        cells.get(4),
        cells.size() > 5 ? cells.get(5) : "");
  }

  /** Adds or replaces people. Blocks. */
  public void save(Collection<Person> all) {
    database
        .writer()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "insert into people (id, name, roles, scope, on_duty, phone, department)"
                          + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                          + " name = excluded.name, roles = excluded.roles,"
                          + " scope = excluded.scope, on_duty = excluded.on_duty,"
                          + " phone = excluded.phone, department = excluded.department");
              for (Person each : all) {
                batch.add(
                    each.id(),
                    each.name(),
                    words(each.roles()),
                    each.scope(),
                    each.onDuty() ? 1 : 0,
                    each.phone(),
                    each.department());
              }
              if (batch.size() > 0) {
                batch.execute();
              }
            });
    all.forEach(each -> people.put(each.id(), each));
  }

  /** A time on duty, the end not included. */
  public record Shift(Instant from, Instant to) {
    public Shift {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a shift begins before it ends");
      }
    }

    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /** Replaces a person's shifts; without any they are on duty whenever available. Blocks. */
  public void setShifts(String person, List<Shift> all) {
    database
        .writer()
        .useTransaction(
            handle -> {
              handle.execute("delete from shifts where person = ?", person);
              for (Shift each : all) {
                handle.execute(
                    "insert into shifts (person, from_at, to_at) values (?, ?, ?)"
                        + " on conflict (person, from_at) do update set to_at = excluded.to_at",
                    person,
                    each.from().toEpochMilli(),
                    each.to().toEpochMilli());
              }
            });
    shifts.put(person, new CopyOnWriteArrayList<>(all));
  }

  public List<Shift> shifts(String person) {
    return List.copyOf(shifts.getOrDefault(person, List.of()));
  }

  @Override
  public boolean onDuty(Person person, Instant now) {
    List<Shift> own = shifts.getOrDefault(person.id(), List.of());
    return person.onDuty() && (own.isEmpty() || own.stream().anyMatch(each -> each.holds(now)));
  }

  /** Notes where a person is. */
  public void seen(String person, double lon, double lat, Instant at) {
    seen.put(person, new Seen(lon, lat, at));
  }

  private record Seen(double lon, double lat, Instant at) {}

  @Override
  public double metresFrom(Person person, String place, Instant now) {
    Seen last = seen.get(person.id());
    return last == null || last.at().isBefore(now.minus(STALE))
        ? Double.NaN
        : map.metresOutside(place, last.lon(), last.lat());
  }

  /** What the map says of distances; any thread. */
  @FunctionalInterface
  public interface Distances {
    /** How far a point is from a place, metres; NaN where that is not known. */
    double metresOutside(String place, double lon, double lat);
  }

  @Override
  public @Nullable Person find(String id) {
    return people.get(id);
  }

  @Override
  public Collection<Person> all() {
    return List.copyOf(people.values());
  }

  private static Set<Role> roles(String words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Arrays.stream(words.split(";", -1))
        .filter(each -> !each.isBlank())
        .forEach(each -> roles.add(Role.parse(each)));
    return roles;
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(";"));
  }
}
