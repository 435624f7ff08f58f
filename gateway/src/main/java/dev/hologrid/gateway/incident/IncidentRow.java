package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The columns of an incident: what lists filter by and indicators count, beside the whole body. */
final class IncidentRow {
  private static final String COLUMNS =
      "version,number,title,description,category,family,priority,state,is_open,level,max_level,"
          + "origin,place,district,town,community,grid,building,opened_at,updated_at,decided_at,"
          + "filed_at,verified_at,dispatched_at,handled_at,closed_at,handle_by,close_by,reporter,"
          + "assignee,department,due_stage,due_at,overdue,alerts,supervised,reworks,returns,"
          + "deferrals,resolution,parent,open_key,body";
  private static final String INSERT =
      "insert into incidents (id," + COLUMNS + ") values (:id,:" + COLUMNS.replace(",", ",:") + ")";
  private static final String UPDATE = update();

  private IncidentRow() {}

  private static String update() {
    StringBuilder sql = new StringBuilder("update incidents set ");
    for (String each : COLUMNS.split(",", -1)) {
      sql.append(each).append("=:").append(each).append(',');
    }
    sql.setLength(sql.length() - 1);
    return sql.append(" where id=:id and version=:before").toString();
  }

  static PreparedBatch inserts(Handle handle) {
    return handle.prepareBatch(INSERT);
  }

  static PreparedBatch updates(Handle handle) {
    return handle.prepareBatch(UPDATE);
  }

  /**
   * Adds one row to a batch.
   *
   * @param before the version that the store must still have
   * @param openKey what later alerts join by, or null
   */
  static void bind(PreparedBatch to, Incident i, int before, @Nullable String openKey) {
    bindPlaceAndReport(to, i);
    bindTimes(to, i);
    Due due = i.due();
    Stage stage = i.stage();
    Outcome outcome = i.ends().outcome();
    to.bind("version", i.version())
        .bind("before", before)
        .bind("number", i.number())
        .bind("priority", i.priority().ordinal() + 1)
        .bind("state", i.state().name())
        .bind("is_open", i.isOpen() ? 1 : 0)
        .bind("level", i.level().ordinal())
        .bind("max_level", i.standing().highest().ordinal())
        .bind("assignee", i.hands().assignee())
        .bind("department", i.hands().department())
        .bind("due_stage", due == null || stage == null ? null : stage.name())
        .bind("due_at", due == null ? null : (Long) due.at().toEpochMilli())
        .bind("overdue", due != null && due.overdue() ? 1 : 0)
        .bind("alerts", i.counts().alerts())
        .bind("supervised", i.supervised() ? 1 : 0)
        .bind("reworks", i.counts().reworks())
        .bind("returns", i.counts().returns())
        .bind("deferrals", i.counts().deferrals())
        .bind("resolution", outcome == null ? null : outcome.resolution().name())
        .bind("parent", i.parent())
        .bind("open_key", openKey)
        .bind("body", IncidentJson.write(i))
        .add();
  }

  private static void bindPlaceAndReport(PreparedBatch to, Incident i) {
    to.bind("id", i.id())
        .bind("title", i.report().title())
        .bind("description", i.report().description())
        .bind("category", i.report().category())
        .bind("family", i.report().family())
        .bind("origin", i.report().origin().name().toUpperCase(Locale.ROOT))
        .bind("reporter", i.report().reporter())
        .bind("place", i.spot().place())
        .bind("district", i.spot().at(0))
        .bind("town", i.spot().at(1))
        .bind("community", i.spot().at(2))
        .bind("grid", i.spot().at(3))
        .bind("building", i.spot().at(4));
  }

  private static void bindTimes(PreparedBatch to, Incident i) {
    Times times = i.times();
    to.bind("opened_at", times.opened().toEpochMilli())
        .bind("updated_at", times.updated().toEpochMilli())
        .bind("decided_at", millis(times.decided()))
        .bind("filed_at", millis(times.filed()))
        .bind("verified_at", millis(times.verified()))
        .bind("dispatched_at", millis(times.dispatched()))
        .bind("handled_at", millis(times.handled()))
        .bind("closed_at", millis(times.closed()))
        .bind("handle_by", millis(i.limits().handleBy()))
        .bind("close_by", millis(i.limits().closeBy()));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : (Long) at.toEpochMilli();
  }
}
