package dev.hologrid.gateway.incident;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The people of the site, kept in SQL and in memory. Safe for use by many threads. */
public final class Roster implements People {
  private final Database database;
  private final Map<String, Person> people = new ConcurrentHashMap<>();

  public Roster(Database database) {
    this.database = database;
  }

  /** Reads the stored people. Blocks. */
  public Roster load() {
    database
        .reader()
        .useHandle(
            handle ->
                handle
                    .createQuery("select id, name, roles, scope, on_duty, phone from people")
                    .map(
                        (rs, ctx) ->
                            new Person(
                                rs.getString(1),
                                rs.getString(2),
                                roles(rs.getString(3)),
                                rs.getString(4),
                                rs.getInt(5) == 1,
                                rs.getString(6)))
                    .forEach(each -> people.put(each.id(), each)));
    return this;
  }

  /**
   * Reads people.csv (header {@code id,name,roles,scope,phone}; roles separated by semicolons).
   * Whoever is there already keeps being on duty or not. Blocks.
   *
   * @return how many people it holds
   */
  public int importCsv(List<String> lines) {
    List<Person> read =
        lines.stream().skip(1).filter(each -> !each.isBlank()).map(this::person).toList();
    save(read);
    return read.size();
  }

  private Person person(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length < 5) {
      throw new IllegalArgumentException(
          "a line of people.csv has id,name,roles,scope,phone, but was " + line);
    }
    Person known = people.get(cells[0].trim());
    return new Person(
        cells[0].trim(),
        cells[1].trim(),
        roles(cells[2]),
        cells[3].trim(),
        known == null || known.onDuty(),
        cells[4].trim());
  }

  /** Adds or replaces people. Blocks. */
  public void save(Collection<Person> all) {
    database
        .writer()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "insert into people (id, name, roles, scope, on_duty, phone)"
                          + " values (?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                          + " name = excluded.name, roles = excluded.roles,"
                          + " scope = excluded.scope, on_duty = excluded.on_duty,"
                          + " phone = excluded.phone");
              for (Person each : all) {
                batch.add(
                    each.id(),
                    each.name(),
                    words(each.roles()),
                    each.scope(),
                    each.onDuty() ? 1 : 0,
                    each.phone());
              }
              if (batch.size() > 0) {
                batch.execute();
              }
            });
    all.forEach(each -> people.put(each.id(), each));
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
