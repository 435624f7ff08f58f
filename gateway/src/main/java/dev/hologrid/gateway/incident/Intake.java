package dev.hologrid.gateway.incident;

import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How reports and alerts become incidents, or join one. Pure. */
final class Intake {
  private static final int LONGEST_TITLE = 200;

  private Intake() {}

  /**
   * The key under which related alerts meet: the building, else the grid, else the place that there
   * is, else the subject.
   */
  static String groupKey(String family, Spot spot, String subject) {
    for (String where : new String[] {spot.at(4), spot.at(3), spot.place()}) {
      if (!where.isEmpty()) {
        return family + "|" + where;
      }
    }
    return family + "|" + subject;
  }

  static Decision open(
      Opening opening, String number, Spot spot, Person person, Instant now, Policy policy) {
    Category category = policy.catalog().find(opening.category());
    if (category == null) {
      return Decision.refuse(
          Refusal.UNKNOWN_CATEGORY,
          "expected a category of the catalog, but was " + opening.category());
    }
    if (spot.path().isEmpty()) {
      return Decision.refuse(
          Refusal.UNKNOWN_PLACE, "expected a place of the grid tree, but was " + opening.place());
    }
    if (opening.title().isBlank() || opening.title().length() > LONGEST_TITLE) {
      return Decision.refuse(
          Refusal.BAD_FIELD, "expected a title of 1 to " + LONGEST_TITLE + " characters");
    }
    Decision.Refused role = mayReport(opening, spot, person);
    if (role != null) {
      return role;
    }
    if (opening.priority() != null && person.isOnlyResident()) {
      return Decision.refuse(
          Refusal.BAD_FIELD,
          "expected no priority from a resident: it follows from the category, "
              + category.priority());
    }
    Report report =
        new Report(
            opening.title().strip(),
            opening.description(),
            category.code(),
            category.family(),
            opening.origin(),
            person.id(),
            opening.photos());
    Priority priority = opening.priority() == null ? category.priority() : opening.priority();
    List<IncidentEvent> events = new ArrayList<>();
    events.add(
        new IncidentEvent.Opened(
            number, report, spot, priority, Level.of(spot.path()), null, null, null));
    return new Decision.Accepted(Deadlines.after(null, events, now, policy));
  }

  private static Decision.@Nullable Refused mayReport(Opening opening, Spot spot, Person person) {
    boolean desk = person.has(Role.DISPATCHER) || person.has(Role.ADMIN);
    boolean role =
        switch (opening.origin()) {
          case SENSOR -> false;
          case RESIDENT -> true;
          case PATROL -> person.has(Role.OFFICER) || desk;
          case COMMAND -> desk || person.has(Role.SUPERVISOR);
          case DISPUTE -> !person.isOnlyResident();
        };
    if (!role) {
      return Decision.refuse(
          Refusal.NOT_YOUR_ROLE,
          person.id() + " with " + person.roles() + " cannot report as " + opening.origin());
    }
    return opening.origin() == Origin.RESIDENT || person.covers(spot.path())
        ? null
        : Decision.refuse(
            Refusal.OUT_OF_SCOPE,
            "expected a place under " + person.scope() + ", but was " + spot.place());
  }

  static List<IncidentEvent> open(
      Alert alert, String number, Spot spot, Instant now, Policy policy) {
    String family = policy.catalog().family(alert.category());
    Report report =
        new Report(
            title(alert),
            alert.annotations().getOrDefault("description", ""),
            alert.category(),
            family,
            Origin.SENSOR,
            null,
            List.of());
    IncidentEvent opened =
        new IncidentEvent.Opened(
            number,
            report,
            spot,
            Priority.of(alert.severity()),
            Level.of(spot.path()),
            groupKey(family, spot, alert.id().subject()),
            alert.id().key(),
            alert.id().subject());
    return Deadlines.after(null, List.of(opened), now, policy);
  }

  /** A later alert: it adds evidence, may confirm, may raise the priority, never lowers it. */
  static List<IncidentEvent> join(Incident incident, Alert alert, Instant now, Policy policy) {
    List<IncidentEvent> events = new ArrayList<>();
    String subject = alert.id().subject();
    events.add(
        new IncidentEvent.AlertJoined(
            alert.id().key(), subject, word(alert.severity()), title(alert)));
    boolean second = !subject.equals(incident.group().firstSubject());
    if (second && !incident.verified()) {
      events.add(new IncidentEvent.Verified("by a second sensor, " + subject));
    }
    Priority wanted = Priority.of(alert.severity());
    if (second && "FIRE".equals(incident.report().family())) {
      wanted = Priority.P1;
    }
    events.addAll(raise(incident, wanted, "alert " + alert.id().key()));
    return Deadlines.after(incident, events, now, policy);
  }

  static List<IncidentEvent> changed(Incident incident, Alert alert, Instant now, Policy policy) {
    List<IncidentEvent> events =
        raise(incident, Priority.of(alert.severity()), "alert " + alert.id().key() + " got worse");
    return Deadlines.after(incident, events, now, policy);
  }

  /** What the priority of a duplicate does to its parent. */
  static List<IncidentEvent> raised(
      Incident parent, Priority wanted, Alert alert, Instant now, Policy policy) {
    List<IncidentEvent> events =
        raise(parent, wanted, "alert " + alert.id().key() + " at a duplicate");
    return Deadlines.after(parent, events, now, policy);
  }

  private static List<IncidentEvent> raise(Incident incident, Priority wanted, String because) {
    return wanted.higherThan(incident.priority())
        ? List.of(new IncidentEvent.PriorityRaised(wanted, because))
        : List.of();
  }

  private static String title(Alert alert) {
    String summary = alert.annotations().getOrDefault("summary", "");
    String title = summary.isBlank() ? alert.id().rule() + " " + alert.id().subject() : summary;
    return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
