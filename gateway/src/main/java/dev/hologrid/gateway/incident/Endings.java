package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.Decision.Refused;
import org.jspecify.annotations.Nullable;

/** How a case may end, and what must be said of it then. Pure. */
final class Endings {
  private Endings() {}

  static Decision close(Incident incident, IncidentCommand.Close k) {
    Resolution resolution =
        k.resolution() == null && !mandatory(incident) ? Resolution.DONE : k.resolution();
    Refused unfit = unfit(incident, resolution);
    if (unfit != null || resolution == null) {
      return unfit == null ? required() : unfit;
    }
    if (k.deaths() < 0 || k.injured() < 0 || k.lossYuan() < 0) {
      return Decision.refuse(Refusal.BAD_FIELD, "expected harm and loss not below zero");
    }
    Outcome outcome = new Outcome(resolution, k.deaths(), k.injured(), k.lossYuan());
    return Decision.accept(
        new IncidentEvent.Closed(outcome, false, IncidentDecider.text(k.note())));
  }

  /** What a sensor saw is not refused without saying what it was. */
  static Decision reject(Incident incident, IncidentCommand.Reject r) {
    if (IncidentDecider.blank(r.reason())) {
      return IncidentDecider.reason("reject");
    }
    Refused unfit = incomplete(incident, r.resolution());
    if (unfit != null) {
      return unfit;
    }
    if (r.resolution() == Resolution.REAL) {
      return Decision.refuse(
          Refusal.RESOLUTION_DOES_NOT_FIT, "expected a false alarm to be rejected, but was REAL");
    }
    return Decision.accept(
        new IncidentEvent.Rejected(IncidentDecider.text(r.reason()), r.resolution()));
  }

  static Decision selfHandle(Incident incident, IncidentCommand.SelfHandle s) {
    if (IncidentDecider.blank(s.note())) {
      return IncidentDecider.reason("self_handle");
    }
    Refused unfit = incomplete(incident, s.resolution());
    return unfit != null
        ? unfit
        : Decision.accept(
            new IncidentEvent.SelfHandled(IncidentDecider.text(s.note()), s.resolution()));
  }

  private static @Nullable Refused incomplete(Incident incident, @Nullable Resolution resolution) {
    return incident.report().origin() == Origin.SENSOR && resolution == null
        ? required()
        : unfit(incident, resolution);
  }

  private static @Nullable Refused unfit(Incident incident, @Nullable Resolution resolution) {
    if (resolution == null) {
      return null;
    }
    Origin origin = incident.report().origin();
    return resolution.fits(origin)
        ? null
        : Decision.refuse(
            Refusal.RESOLUTION_DOES_NOT_FIT,
            "expected a resolution for a case of origin " + origin + ", but was " + resolution);
  }

  /** A sensor's case and a dispute say how they ended. */
  static boolean mandatory(Incident incident) {
    Origin origin = incident.report().origin();
    return origin == Origin.SENSOR || origin == Origin.DISPUTE;
  }

  private static Refused required() {
    return Decision.refuse(
        Refusal.RESOLUTION_REQUIRED,
        "expected how it ended (real, or which false alarm; for a dispute its result), "
            + "but there was no resolution");
  }
}
