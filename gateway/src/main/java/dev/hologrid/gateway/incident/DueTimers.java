package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.List;

/** Fires stored timers whose time has come, each once. */
final class DueTimers {
  private final Unit unit;
  private final Policy policy;
  private final Instant now;

  DueTimers(Unit unit, Policy policy, Instant now) {
    this.unit = unit;
    this.policy = policy;
    this.now = now;
  }

  private record Row(String incident, Timer timer) {}

  int fire(int most) {
    List<Row> due =
        unit.handle()
            .createQuery(
                "select incident, kind, stage, at from timers where at <= :now"
                    + " order by at, incident, kind desc limit :most")
            .bind("now", now.toEpochMilli())
            .bind("most", most)
            .map(
                (rs, ctx) ->
                    new Row(
                        rs.getString(1),
                        new Timer(
                            Timer.Kind.valueOf(rs.getString(2)),
                            Stage.valueOf(rs.getString(3)),
                            Instant.ofEpochMilli(rs.getLong(4)))))
            .list();
    for (Row each : due) {
      Incident incident = unit.find(each.incident());
      List<IncidentEvent> events =
          incident == null ? List.of() : Timer.fire(incident, each.timer(), now, policy);
      if (events.isEmpty()) {
        unit.handle()
            .execute(
                "delete from timers where incident = ? and kind = ? and stage = ?",
                each.incident(),
                each.timer().kind().name(),
                each.timer().stage().name());
      } else {
        Incident after = unit.append(each.incident(), incident, events, now, Person.SYSTEM);
        new Routes(unit, policy, now).send(after); // somebody may be on duty by now
      }
    }
    return due.size();
  }
}
