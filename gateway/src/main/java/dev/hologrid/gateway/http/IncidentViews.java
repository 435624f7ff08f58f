package dev.hologrid.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Due;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentEntry;
import dev.hologrid.gateway.incident.IncidentEvent;
import dev.hologrid.gateway.incident.IncidentJson;
import dev.hologrid.gateway.incident.Outcome;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Stage;
import dev.hologrid.gateway.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Incidents as they are shown. */
final class IncidentViews {
  private final Site site;
  private final People people;
  private final IncidentDesk desk;

  IncidentViews(Site site, People people, IncidentDesk desk) {
    this.site = site;
    this.people = people;
    this.desk = desk;
  }

  /** A person as an incident mentions them. */
  record Named(String id, String name) {}

  /** The limit that runs. */
  record DueView(String stage, String at, boolean overdue) {}

  /** A move that the asking person could make now. */
  record Action(String command, List<String> needs) {}

  /**
   * What harm there was, once it is over.
   *
   * @param grade I (特别重大) to IV (一般), empty without any harm or loss
   */
  record Harm(int deaths, int injured, long lossYuan, String grade) {
    static @Nullable Harm of(Incident incident) {
      Outcome o = incident.ends().outcome();
      return o == null ? null : new Harm(o.deaths(), o.injured(), o.lossYuan(), o.grade());
    }
  }

  /** An incident in a list or on the stream. */
  record Item(
      String id,
      String number,
      String title,
      String description,
      String category,
      String priority,
      String state,
      String level,
      String origin,
      String place,
      List<PlaceRef> placePath,
      String openedAt,
      String updatedAt,
      @Nullable String closedAt,
      @Nullable Named assignee,
      @Nullable String department,
      @Nullable DueView due,
      int alertCount,
      @Nullable String reporter,
      List<String> photos,
      @Nullable String resolution,
      @Nullable Harm outcome,
      @Nullable String parent,
      boolean supervised,
      int version,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Action> actions,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String change) {}

  /** One step of the history. */
  record Step(
      long seq, String at, String by, String event, @Nullable String note, JsonNode detail) {}

  /** An incident by itself. */
  record Full(@JsonUnwrapped Item item, List<Step> history, List<String> alerts) {}

  Item item(Incident incident, Person viewer) {
    List<Action> actions =
        desk.moves(incident, viewer).stream()
            .map(each -> new Action(each.word(), each.needs(incident)))
            .toList();
    return item(incident, actions, null);
  }

  Item changed(Incident incident, IncidentEvent event) {
    return item(incident, null, name(event));
  }

  private Item item(Incident incident, @Nullable List<Action> actions, @Nullable String change) {
    Instant closed = incident.times().closed();
    return new Item(
        incident.id(),
        incident.number(),
        incident.report().title(),
        incident.report().description(),
        incident.report().category(),
        incident.priority().name(),
        incident.state().name(),
        incident.level().name(),
        incident.report().origin().name(),
        incident.spot().place(),
        PlaceRef.path(site.places(), incident.spot().place()),
        Json.time(incident.times().opened()),
        Json.time(incident.times().updated()),
        Json.timeOrNull(closed),
        named(incident.hands().assignee()),
        incident.hands().department(),
        due(incident),
        incident.counts().alerts(),
        incident.report().reporter(),
        incident.report().photos(),
        resolution(incident),
        Harm.of(incident),
        incident.parent(),
        incident.supervised(),
        incident.version(),
        actions,
        change);
  }

  private static @Nullable String resolution(Incident incident) {
    Outcome outcome = incident.ends().outcome();
    return outcome == null ? null : outcome.resolution().name();
  }

  private @Nullable Named named(@Nullable String id) {
    if (id == null) {
      return null;
    }
    Person person = people.find(id);
    return new Named(id, person == null ? id : person.name());
  }

  private static @Nullable DueView due(Incident incident) {
    Stage stage = incident.stage();
    Due due = incident.due();
    return stage == null || due == null
        ? null
        : new DueView(stage.name(), Json.time(due.at()), due.overdue());
  }

  Full full(Incident incident, Person viewer, List<IncidentEntry> history, List<String> alerts) {
    return new Full(
        item(incident, viewer), history.stream().map(IncidentViews::step).toList(), alerts);
  }

  private static Step step(IncidentEntry entry) {
    ObjectNode detail = IncidentJson.fields(entry.event());
    JsonNode note = detail.has("note") ? detail.get("note") : detail.get("reason");
    return new Step(
        entry.seq(),
        Json.time(entry.at()),
        entry.by(),
        name(entry.event()),
        note == null || note.isNull() || note.asText().isEmpty() ? null : note.asText(),
        detail);
  }

  /** {@code DueSet} is {@code DUE_SET} outside. */
  static String name(IncidentEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<!^)([A-Z])", "_$1")
        .toUpperCase(Locale.ROOT);
  }
}
