package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.patrol.Plan;
import dev.hologrid.gateway.patrol.Recurrence;
import dev.hologrid.gateway.patrol.Round;
import dev.hologrid.gateway.patrol.RoundEvent;
import dev.hologrid.gateway.patrol.Rounds;
import dev.hologrid.gateway.patrol.Schedule;
import dev.hologrid.gateway.patrol.Slot;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.Site;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules and rounds as they are shown. */
final class RoundViews {
  private final People people;
  private final Site site;

  RoundViews(People people, Site site) {
    this.people = people;
    this.site = site;
  }

  static ObjectNode schedule(Schedule s) {
    ObjectNode view = Json.MAPPER.createObjectNode();
    view.put("id", s.id()).put("plan", s.plan());
    view.set("recurrence", recurrence(s.recurrence()));
    view.put("from", s.window().from().toString()).put("to", s.window().to().toString());
    LocalDate last = s.last();
    view.put("officer", s.officer())
        .put("firstDay", s.first().toString())
        .put("lastDay", last == null ? null : last.toString())
        .put("active", s.active());
    return view;
  }

  private static ObjectNode recurrence(Recurrence recurrence) {
    ObjectNode view = Json.MAPPER.createObjectNode();
    switch (recurrence) {
      case Recurrence.Weekly w -> {
        ArrayNode days = view.put("kind", "weekly").putArray("days");
        w.days().stream().sorted().forEach(each -> days.add(each.name().substring(0, 2)));
      }
      case Recurrence.Every e ->
          view.put("kind", "every").put("every", e.days()).put("from", e.from().toString());
      case Recurrence.WorkingDays ignored -> view.put("kind", "working_days");
    }
    return view;
  }

  ObjectNode round(Round r) {
    Slot slot = r.slot();
    ObjectNode view = Json.MAPPER.createObjectNode();
    view.put("id", r.id())
        .put("schedule", slot.schedule())
        .put("plan", slot.plan())
        .put("name", slot.name())
        .put("grid", slot.grid());
    Place grid = site.places().place(slot.grid());
    view.put("gridName", grid == null ? slot.grid() : grid.name())
        .put("day", slot.day())
        .put("opensAt", Json.time(slot.times().opens()))
        .put("remindAt", Json.time(slot.times().remind()))
        .put("closesAt", Json.time(slot.times().closes()))
        .put("makeUpUntil", Json.time(slot.times().makeUpUntil()));
    view.set("officer", person(r.officer()));
    view.put("state", r.state().name())
        .put("reminded", r.reminded())
        .put("points", slot.targets())
        .put("visited", r.visits().size());
    ArrayNode missing = view.putArray("missing");
    r.missing().forEach(each -> missing.add(target(slot, each)));
    ArrayNode told = view.putArray("notified");
    r.told().forEach(each -> told.add(person(each)));
    view.put("excuse", r.excuse());
    return view;
  }

  private static ObjectNode target(Slot slot, int number) {
    ObjectNode view = Json.MAPPER.createObjectNode();
    view.put("point", number).put("name", slot.target(number));
    if (slot.points().isEmpty()) {
      return view.putNull("lon").putNull("lat");
    }
    Plan.Point point = slot.points().get(number);
    return view.put("lon", point.lon()).put("lat", point.lat());
  }

  private @Nullable ObjectNode person(@Nullable String id) {
    if (id == null) {
      return null;
    }
    Person person = people.find(id);
    return Json.MAPPER
        .createObjectNode()
        .put("id", id)
        .put("name", person == null ? id : person.name());
  }

  ObjectNode whole(Round round, List<Rounds.Entry> history) {
    ObjectNode view = round(round);
    ArrayNode events = view.putArray("history");
    for (Rounds.Entry each : history) {
      ObjectNode event =
          events
              .addObject()
              .put("version", each.version())
              .put("at", Json.time(each.at()))
              .put("by", each.by())
              .put("event", each.event().name());
      detail(event, each.event(), round.slot());
    }
    return view;
  }

  private static void detail(ObjectNode event, RoundEvent what, Slot slot) {
    String detail =
        switch (what) {
          case RoundEvent.CameDue e -> e.officer();
          case RoundEvent.Assigned e -> e.officer();
          case RoundEvent.Begun e -> e.patrol();
          case RoundEvent.Visited e -> slot.target(e.target());
          case RoundEvent.Excused e -> e.reason();
          case RoundEvent.Missed e -> names(e.missing(), slot);
          case RoundEvent.Reminded e -> names(e.missing(), slot);
          case RoundEvent.Completed ignored -> null;
          case RoundEvent.MadeUp ignored -> null;
        };
    event.put("detail", detail);
  }

  private static String names(List<Integer> targets, Slot slot) {
    return String.join(", ", targets.stream().map(slot::target).toList());
  }
}
