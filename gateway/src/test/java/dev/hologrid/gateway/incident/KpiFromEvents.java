package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.kpi.Kpi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The indicators once more, straight from the events, slow and plain: what SQL must agree with. */
final class KpiFromEvents {
  static final Kpi NONE = new Kpi(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private KpiFromEvents() {}

  private static final class Facts {
    @Nullable Instant opened;
    @Nullable Instant decided;
    @Nullable Instant filed;
    @Nullable Instant dispatched;
    @Nullable Instant handled;
    @Nullable Instant closed;
    @Nullable Instant handleBy;
    @Nullable Instant closeBy;
    boolean verified;
    boolean sensor;
    boolean selfHandled;
    boolean rejected;
    boolean falseAlarm;
    int returns;
    int reworks;
    int deferrals;
    Level highest = Level.GRID;
  }

  static Kpi of(List<List<IncidentEntry>> histories, Instant from, Instant to) {
    long[] s = new long[20];
    for (List<IncidentEntry> history : histories) {
      count(facts(history), from, to, s);
    }
    return new Kpi(
        s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13],
        s[14], s[15], s[16], s[17], s[18], s[19]);
  }

  private static void count(Facts f, Instant from, Instant to, long[] s) {
    s[0] += in(f.opened, from, to);
    s[1] += in(f.decided, from, to);
    s[2] += f.filed != null && f.verified ? in(f.decided, from, to) : 0;
    s[3] += f.selfHandled ? in(f.closed, from, to) : 0;
    long dispatched = in(f.dispatched, from, to);
    s[4] += dispatched;
    s[5] += f.returns > 0 ? dispatched : 0;
    long handled = in(f.handled, from, to);
    s[6] += handled;
    if (handled > 0) {
      Instant at = Objects.requireNonNull(f.handled);
      s[7] += f.handleBy != null && !at.isAfter(f.handleBy) ? 1 : 0;
      s[8] += f.reworks > 0 ? 1 : 0;
      s[9] += f.deferrals > 0 ? 1 : 0;
      s[10] += Duration.between(f.dispatched, at).toMillis();
    }
    long handleDue = in(f.handleBy, from, to);
    s[11] += handleDue;
    s[12] += f.handled != null && f.handled.isBefore(to) ? handleDue : 0;
    long closeDue = f.filed == null ? 0 : in(f.closeBy, from, to);
    s[13] += closeDue;
    if (f.closed != null && f.closed.isBefore(to) && closeDue > 0) {
      s[14]++;
      s[15] += f.closed.isAfter(f.closeBy) ? 0 : 1;
    }
    long closed = f.rejected ? 0 : in(f.closed, from, to);
    s[16] += closed;
    s[17] += f.highest == Level.GRID ? closed : 0;
    s[18] += f.falseAlarm ? closed : 0;
    s[19] += f.sensor ? closed : 0;
  }

  private static long in(@Nullable Instant at, Instant from, Instant to) {
    return at != null && !at.isBefore(from) && at.isBefore(to) ? 1 : 0;
  }

  private static Facts facts(List<IncidentEntry> history) {
    Facts f = new Facts();
    for (IncidentEntry e : history) {
      switch (e.event()) {
        case IncidentEvent.Opened o -> {
          f.opened = e.at();
          f.sensor = o.report().origin() == Origin.SENSOR;
          f.verified = !f.sensor && o.report().origin() != Origin.RESIDENT;
          f.highest = o.level();
        }
        case IncidentEvent.Verified ignored -> f.verified = true;
        case IncidentEvent.Filed ignored -> {
          f.decided = f.decided == null ? e.at() : f.decided;
          f.filed = f.filed == null ? e.at() : f.filed;
        }
        case IncidentEvent.Rejected ignored -> {
          f.decided = f.decided == null ? e.at() : f.decided;
          f.closed = e.at();
          f.rejected = true;
        }
        case IncidentEvent.SelfHandled h -> {
          f.closed = e.at();
          f.selfHandled = true;
          f.falseAlarm = h.resolution() != null && h.resolution().isFalseAlarm();
          f.verified |= h.resolution() == Resolution.REAL;
        }
        case IncidentEvent.Closed c -> {
          f.closed = e.at();
          f.falseAlarm = c.outcome().resolution().isFalseAlarm();
          f.verified |= c.outcome().resolution() == Resolution.REAL;
        }
        case IncidentEvent.Reopened ignored -> {
          f.closed = null;
          f.rejected = false;
          f.selfHandled = false;
          f.falseAlarm = false;
        }
        case IncidentEvent.Dispatched ignored ->
            f.dispatched = f.dispatched == null ? e.at() : f.dispatched;
        case IncidentEvent.FeedbackGiven ignored -> f.handled = e.at();
        case IncidentEvent.Returned ignored -> {
          f.returns++;
          f.handleBy = null;
        }
        case IncidentEvent.Suspended ignored -> {
          f.handleBy = null;
          f.closeBy = null;
        }
        case IncidentEvent.ReworkOrdered ignored -> f.reworks++;
        case IncidentEvent.DeferralDecided d -> f.deferrals += d.approved() ? 1 : 0;
        case IncidentEvent.Escalated x ->
            f.highest = x.level().compareTo(f.highest) > 0 ? x.level() : f.highest;
        case IncidentEvent.DueSet d -> {
          f.handleBy = d.stage() == Stage.HANDLE ? d.due().at() : f.handleBy;
          f.closeBy = d.stage() == Stage.CASE ? d.due().at() : f.closeBy;
        }
        default -> {}
      }
    }
    return f;
  }
}
