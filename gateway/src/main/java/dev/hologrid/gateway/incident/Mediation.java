package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.site.Csv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The mediation organisations (人民调解委员会, studios), kept in SQL and in memory: a dispute goes to one
 * of them as other cases go to a department. Safe for use by many threads.
 */
public final class Mediation {
  private final Database database;
  private final Map<String, Organisation> organisations = new ConcurrentHashMap<>();

  public Mediation(Database database) {
    this.database = database;
  }

  /**
   * One organisation.
   *
   * @param kinds category codes of disputes that it takes; {@code *} for all
   * @param place where it works: it and everything under it
   */
  public record Organisation(
      String id, String name, Set<String> kinds, String place, String phone) {
    public Organisation {
      kinds = Set.copyOf(kinds);
    }

    boolean takes(String category) {
      return kinds.contains("*") || kinds.contains(category);
    }
  }

  /**
   * What came of its disputes.
   *
   * @param agreed ended with an agreement
   */
  public record Results(int open, int closed, int agreed) {}

  /** Reads the stored organisations. Blocks. */
  public Mediation load() {
    database
        .reader()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "select id, name, kinds, place, phone from mediation_organisations")
                    .map(
                        (rs, ctx) ->
                            new Organisation(
                                rs.getString(1),
                                rs.getString(2),
                                words(rs.getString(3)),
                                rs.getString(4),
                                rs.getString(5)))
                    .forEach(each -> organisations.put(each.id(), each)));
    return this;
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Arrays.stream(text.split(";", -1))
        .map(String::trim)
        .filter(w -> !w.isEmpty())
        .forEach(words::add);
    return words;
  }

  /**
   * Takes the text of mediation.csv (header {@code id,name,kinds,place,phone}; kinds separated by
   * semicolons). Blocks.
   *
   * @return how many organisations it holds
   * @throws IllegalArgumentException naming the line that is wrong; none is stored then
   */
  public int importCsv(String text) {
    List<Organisation> read = new ArrayList<>();
    Csv.each(
        text,
        "mediation.csv",
        "id,name,kinds,place,phone",
        cells ->
            read.add(
                new Organisation(
                    cells.get(0), cells.get(1), words(cells.get(2)), cells.get(3), cells.get(4))));
    save(read);
    return read.size();
  }

  /** Adds or replaces organisations. Blocks. */
  public void save(Collection<Organisation> all) {
    database
        .writer()
        .useTransaction(
            handle -> {
              for (Organisation each : all) {
                handle.execute(
                    "insert into mediation_organisations (id, name, kinds, place, phone)"
                        + " values (?, ?, ?, ?, ?) on conflict (id) do update set"
                        + " name = excluded.name, kinds = excluded.kinds,"
                        + " place = excluded.place, phone = excluded.phone",
                    each.id(),
                    each.name(),
                    String.join(";", new TreeSet<>(each.kinds())),
                    each.place(),
                    each.phone());
              }
            });
    all.forEach(each -> organisations.put(each.id(), each));
  }

  /** Takes an organisation out of the routing; its cases stay with it. Blocks. */
  public boolean remove(String id) {
    database
        .writer()
        .useHandle(h -> h.execute("delete from mediation_organisations where id = ?", id));
    return organisations.remove(id) != null;
  }

  /** All, by id. */
  public List<Organisation> all() {
    return organisations.values().stream().sorted(Comparator.comparing(Organisation::id)).toList();
  }

  public @Nullable Organisation find(String id) {
    return organisations.get(id);
  }

  /**
   * Who takes a dispute: the one that works nearest to the place, among these the one with the
   * least open cases, then the smallest id; null when nobody takes its kind there.
   */
  @Nullable Organisation route(Spot spot, String category, ToIntFunction<String> openCases) {
    return organisations.values().stream()
        .filter(each -> each.takes(category))
        .filter(each -> each.place().isEmpty() || spot.path().contains(each.place()))
        .min(
            Comparator.comparingInt((Organisation each) -> -spot.path().indexOf(each.place()))
                .thenComparingInt(each -> openCases.applyAsInt(each.id()))
                .thenComparing(Organisation::id))
        .orElse(null);
  }

  /** Open, closed and agreed disputes by organisation. Blocks. */
  public Map<String, Results> results() {
    return database.reader().withHandle(Mediation::results);
  }

  private static Map<String, Results> results(Handle handle) {
    Map<String, Results> results = new HashMap<>();
    handle
        .createQuery(
            "select department, sum(is_open), sum(1 - is_open),"
                + " sum(case when resolution = 'AGREEMENT' then 1 else 0 end)"
                + " from incidents where family = 'DISPUTE' and department is not null"
                + " group by department")
        .map(
            (rs, ctx) ->
                results.put(rs.getString(1), new Results(rs.getInt(2), rs.getInt(3), rs.getInt(4))))
        .list();
    return results;
  }
}
