package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The columns of an incident: what lists filter by and indicators count, beside the whole body. */
final class IncidentRow {
  /** What a report says once and for all: no update touches it, nor the indexes over it. */
  private static final String FIXED =
      "id,number,title,description,category,family,origin,reporter,place,district,town,community,"
          + "grid,building,opened_at";

  private static final String MOVING =
      "version,priority,state,is_open,level,max_level,updated_at,decided_at,filed_at,verified_at,"
          + "dispatched_at,handled_at,closed_at,handle_by,close_by,assignee,department,due_stage,"
          + "due_at,overdue,alerts,supervised,reworks,returns,deferrals,resolution,parent,open_key,"
          + "body";

  /** With the values of {@link #values}. */
  static final String INSERT = insert();

  private static final String UPDATE =
      "update incidents set " + MOVING.replace(",", " = ?, ") + " = ? where id = ? and version = ?";

  private IncidentRow() {}

  private static String insert() {
    String columns = FIXED + "," + MOVING;
    return "insert into incidents ("
        + columns
        + ") values ("
        + columns.replaceAll("[a-z_]+", "?")
        + ")";
  }

  static PreparedBatch inserts(Handle handle) {
    return handle.prepareBatch(INSERT);
  }

  static PreparedBatch updates(Handle handle) {
    return handle.prepareBatch(UPDATE);
  }

  /**
   * Adds one row to a batch of {@link #inserts}.
   *
   * @param openKey what later alerts join by, or null
   */
  static void insert(PreparedBatch to, Incident i, @Nullable String openKey) {
    to.add(values(i, openKey));
  }

  /**
   * Adds one row to a batch of {@link #updates}.
   *
   * @param before the version that the store must still have
   */
  static void update(PreparedBatch to, Incident i, int before, @Nullable String openKey) {
    List<@Nullable Object> values = new ArrayList<>();
    moving(values, i, openKey);
    values.add(i.id());
    values.add(before);
    to.add(values.toArray());
  }

  /** All columns of a new row. */
  static @Nullable Object[] values(Incident i, @Nullable String openKey) {
    List<@Nullable Object> values = new ArrayList<>();
    Report report = i.report();
    values.addAll(
        Arrays.asList(
            i.id(),
            i.number(),
            report.title(),
            report.description(),
            report.category(),
            report.family(),
            report.origin().name(),
            report.reporter(),
            i.spot().place()));
    for (int depth = 0; depth < Border.DEPTHS.size(); depth++) {
      values.add(i.spot().at(depth));
    }
    values.add(i.times().opened().toEpochMilli());
    moving(values, i, openKey);
    return values.toArray();
  }

  private static void moving(List<@Nullable Object> to, Incident i, @Nullable String openKey) {
    Times times = i.times();
    to.addAll(
        Arrays.asList(
            i.version(),
            i.priority().ordinal() + 1,
            i.state().name(),
            i.isOpen() ? 1 : 0,
            i.level().ordinal(),
            i.standing().highest().ordinal(),
            times.updated().toEpochMilli(),
            millis(times.decided()),
            millis(times.filed()),
            millis(times.verified()),
            millis(times.dispatched()),
            millis(times.handled()),
            millis(times.closed()),
            millis(i.limits().handleBy()),
            millis(i.limits().closeBy()),
            i.hands().assignee(),
            i.hands().department()));
    Due due = i.due();
    Stage stage = i.stage();
    Outcome outcome = i.ends().outcome();
    to.addAll(
        Arrays.asList(
            due == null || stage == null ? null : stage.name(),
            due == null ? null : (Long) due.at().toEpochMilli(),
            due != null && due.overdue() ? 1 : 0,
            i.counts().alerts(),
            i.supervised() ? 1 : 0,
            i.counts().reworks(),
            i.counts().returns(),
            i.counts().deferrals(),
            outcome == null ? null : outcome.resolution().name(),
            i.parent(),
            openKey,
            IncidentJson.write(i)));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : (Long) at.toEpochMilli();
  }
}
