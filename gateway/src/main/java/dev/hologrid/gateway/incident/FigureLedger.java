package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what changes do to the indicators, by day and by month, and stores the sums in the
 * transaction of the changes themselves. For one transaction.
 */
final class FigureLedger {
  private static final int DAY = 0;
  private static final int MONTH = 1;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int AT_ONCE = 200_000;
  private static final List<Figure> FIGURES = Figure.HAPPENING;
  private static final int[] SLOTS = slots();
  private static final String ADD_FIGURES = addFigures();
  private static final String ADD_DUE =
      "insert into kpi_due (grain, period, done, grp, to_handle, to_close, to_close_in_time)"
          + " values (?, ?, ?, ?, ?, ?, ?) on conflict (grain, period, done, grp) do update set"
          + " to_handle = kpi_due.to_handle + excluded.to_handle,"
          + " to_close = kpi_due.to_close + excluded.to_close,"
          + " to_close_in_time = kpi_due.to_close_in_time + excluded.to_close_in_time";

  private final ZoneId zone;
  private final Map<Key, long[]> figures = new HashMap<>();
  private final Map<DueKey, long[]> due = new HashMap<>();

  FigureLedger(ZoneId zone) {
    this.zone = zone;
  }

  private record Key(int grain, int period, CaseFacts.Group group) {}

  private record DueKey(int grain, int period, int done, CaseFacts.Group group) {}

  private static int[] slots() {
    int[] slots = new int[Figure.values().length];
    for (int i = 0; i < FIGURES.size(); i++) {
      slots[FIGURES.get(i).ordinal()] = i;
    }
    return slots;
  }

  private static String addFigures() {
    String columns = FIGURES.stream().map(Figure::column).collect(Collectors.joining(", "));
    String sums =
        FIGURES.stream()
            .map(Figure::column)
            .map(each -> each + " = kpi_figures." + each + " + excluded." + each)
            .collect(Collectors.joining(", "));
    return "insert into kpi_figures (grain, period, grp, "
        + columns
        + ") values (?, ?, ?"
        + ", ?".repeat(FIGURES.size())
        + ") on conflict (grain, period, grp) do update set "
        + sums;
  }

  void plus(CaseFacts facts) {
    count(facts, 1);
  }

  void minus(CaseFacts facts) {
    count(facts, -1);
  }

  private void count(CaseFacts facts, int sign) {
    CaseFacts.Group group = facts.group();
    facts.happened(
        (at, figure, count) -> {
          LocalDate day = day(at);
          for (int grain = DAY; grain <= MONTH; grain++) {
            figures
                    .computeIfAbsent(
                        new Key(grain, period(grain, day), group), key -> new long[FIGURES.size()])[
                    SLOTS[figure.ordinal()]] +=
                sign * count;
          }
        });
    facts.due(
        (by, total, done, inTime) -> {
          LocalDate day = day(by);
          for (int grain = DAY; grain <= MONTH; grain++) {
            int period = period(grain, day);
            long[] counts =
                due.computeIfAbsent(
                    new DueKey(grain, period, done(grain, day, done), group), key -> new long[3]);
            if (total == Figure.DUE_TO_HANDLE) {
              counts[0] += sign;
            } else {
              counts[1] += sign;
              counts[2] += inTime ? sign : 0;
            }
          }
        });
  }

  private LocalDate day(long at) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(at), zone);
  }

  private static int period(int grain, LocalDate day) {
    return (int) (grain == DAY ? day : day.withDayOfMonth(1)).toEpochDay();
  }

  /** Within the period it does not matter when: whoever asks for the period asks to its end. */
  private int done(int grain, LocalDate due, long done) {
    if (done == CaseFacts.NEVER) {
      return NEVER;
    }
    int period = period(grain, due);
    LocalDate day = day(done);
    return period(grain, day) <= period ? period : (int) day.toEpochDay();
  }

  boolean isLarge() {
    return figures.size() + due.size() > AT_ONCE;
  }

  /** Stores the sums, and begins anew. */
  void flush(Handle handle) {
    figures.values().removeIf(FigureLedger::nothing);
    due.values().removeIf(FigureLedger::nothing);
    if (figures.isEmpty() && due.isEmpty()) {
      return;
    }
    Map<CaseFacts.Group, Integer> ids = new HashMap<>();
    Collection<CaseFacts.Group> groups =
        Stream.concat(
                figures.keySet().stream().map(Key::group), due.keySet().stream().map(DueKey::group))
            .collect(Collectors.toSet());
    groups.forEach(each -> ids.put(each, id(handle, each)));
    storeFigures(handle, ids);
    storeDue(handle, ids);
    figures.clear();
    due.clear();
  }

  private void storeFigures(Handle handle, Map<CaseFacts.Group, Integer> ids) {
    if (figures.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(ADD_FIGURES);
    figures.forEach(
        (key, counts) -> {
          batch.bind(0, key.grain()).bind(1, key.period()).bind(2, ids.get(key.group()));
          for (int i = 0; i < counts.length; i++) {
            batch.bind(3 + i, counts[i]);
          }
          batch.add();
        });
    batch.execute();
  }

  private void storeDue(Handle handle, Map<CaseFacts.Group, Integer> ids) {
    if (due.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(ADD_DUE);
    due.forEach(
        (key, counts) ->
            batch.add(
                key.grain(),
                key.period(),
                key.done(),
                ids.get(key.group()),
                counts[0],
                counts[1],
                counts[2]));
    batch.execute();
  }

  private static boolean nothing(long[] counts) {
    for (long each : counts) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static int id(Handle handle, CaseFacts.Group group) {
    Integer found = find(handle, group);
    if (found != null) {
      return found;
    }
    handle.execute(
        "insert into kpi_groups (id, district, town, community, grid, category, department)"
            + " values ((select coalesce(max(id), 0) + 1 from kpi_groups), ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing",
        group.district(),
        group.town(),
        group.community(),
        group.grid(),
        group.category(),
        group.department());
    Integer made = find(handle, group);
    if (made == null) {
      throw new Unit.ConflictException(); // another writer took the number
    }
    return made;
  }

  private static @Nullable Integer find(Handle handle, CaseFacts.Group group) {
    return handle
        .createQuery(
            "select id from kpi_groups where district = ? and town = ? and community = ?"
                + " and grid = ? and category = ? and department = ?")
        .bind(0, group.district())
        .bind(1, group.town())
        .bind(2, group.community())
        .bind(3, group.grid())
        .bind(4, group.category())
        .bind(5, group.department())
        .mapTo(Integer.class)
        .findOne()
        .orElse(null);
  }

  /** Counts everything anew when the days stored are of another zone, or of none yet. Blocks. */
  static void prepare(Database database, ZoneId zone) {
    database
        .writer()
        .useTransaction(
            handle -> {
              List<String> stored =
                  handle.createQuery("select zone from kpi_zone").mapTo(String.class).list();
              if (!stored.equals(List.of(zone.getId()))) {
                recount(handle, zone);
              }
            });
  }

  private static void recount(Handle handle, ZoneId zone) {
    handle.execute("delete from kpi_figures");
    handle.execute("delete from kpi_due");
    handle.execute("delete from kpi_groups");
    handle.execute("delete from kpi_zone");
    FigureLedger ledger = new FigureLedger(zone);
    try (var rows =
        handle
            .createQuery("select " + CaseFacts.COLUMNS + " from incidents")
            .setFetchSize(1000)
            .map((rs, ctx) -> CaseFacts.read(rs))
            .iterator()) {
      while (rows.hasNext()) {
        ledger.plus(rows.next());
        if (ledger.isLarge()) {
          ledger.flush(handle);
        }
      }
    }
    ledger.flush(handle);
    handle.execute("insert into kpi_zone (zone) values (?)", zone.getId());
  }
}
