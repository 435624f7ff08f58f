package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Category;
import dev.hologrid.gateway.incident.Due;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentFilter;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.ServiceRequests;
import dev.hologrid.gateway.incident.ServiceRequests.Details;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.PlaceTree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Residents' reports as GeoReport shows them to everybody. Blocks. */
final class ServiceRequestList {
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST = 1_000;
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 40;

  private final IncidentQueries queries;
  private final ServiceRequests details;
  private final HttpParts parts;
  private final Function<String, @Nullable Category> services;

  ServiceRequestList(HttpParts parts, Function<String, @Nullable Category> services) {
    this.parts = parts;
    this.queries = parts.work().incidents();
    this.details = parts.work().serviceRequests();
    this.services = services;
  }

  Answer many(Call call) {
    String ids = call.query("service_request_id");
    List<Incident> found =
        ids == null
            ? search(call)
            : words(ids).stream().limit(MOST).map(this::open).filter(Objects::nonNull).toList();
    return answer(call, found);
  }

  Answer one(Call call) {
    return answer(call, List.of(known(call.path("id"))));
  }

  /** We answer at once with a request's id, so its id is its token. */
  Answer token(Call call) {
    Incident incident = known(call.path("id"));
    ArrayNode tree = Json.MAPPER.createArrayNode();
    tree.addObject().put("service_request_id", incident.id()).put("token", incident.id());
    return Open311Format.of(call).answer(200, "service_requests", tree);
  }

  private Incident known(String id) {
    Incident incident = open(id);
    if (incident == null) {
      throw Refused.notFound("service_request_id " + id + " was not found");
    }
    return incident;
  }

  /** What is for everybody to see: a resident's report of a public kind. */
  private @Nullable Incident open(String id) {
    return queries.get(id, Person.SYSTEM).filter(this::isPublic).orElse(null);
  }

  private boolean isPublic(Incident incident) {
    return incident.report().origin() == Origin.RESIDENT
        && services.apply(incident.report().category()) != null;
  }

  private static Set<String> words(@Nullable String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Incident> search(Call call) {
    Instant now = parts.server().clock().instant();
    String to = call.query("end_date");
    String from = call.query("start_date");
    Instant end =
        to == null
            ? from == null ? now : least(time("start_date", from), now)
            : time("end_date", to);
    Instant start = from == null ? end.minus(LONGEST) : time("start_date", from);
    if (end.isBefore(start) || Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw Refused.badRequest(
          "start_date", "start_date must be before end_date, by at most 90 days");
    }
    Set<String> codes = words(call.query("service_code"));
    Set<String> status = words(call.query("status"));
    if (!Set.of("open", "closed").containsAll(status)) {
      throw Refused.badRequest("status", "status must be open or closed");
    }
    IncidentFilter filter =
        new IncidentFilter(
            null,
            status.size() == 1 ? (Boolean) status.contains("open") : null,
            codes.size() == 1 ? codes.iterator().next() : null,
            null,
            null,
            null,
            new IncidentFilter.More(null, Origin.RESIDENT, null, null, null, null, null),
            before(end),
            PAGE);
    return collect(filter, start, codes);
  }

  /** At most 90 days from the start on when only that is given. */
  private static Instant least(Instant start, Instant now) {
    Instant end = start.plus(LONGEST);
    return end.isBefore(now) ? end : now.isBefore(start) ? start : now;
  }

  private static Instant time(String name, String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      throw Refused.badRequest(name, name + " must be a time such as 2026-01-01T00:00:00Z");
    }
  }

  /** Ids begin with the time of opening; this is the first of the next millisecond. */
  private static String before(Instant end) {
    return HexFormat.of().toHexDigits(end.toEpochMilli() + 1, 12);
  }

  private List<Incident> collect(IncidentFilter filter, Instant start, Set<String> codes) {
    List<Incident> found = new ArrayList<>();
    String cursor = filter.cursor();
    for (int i = 0; i < MOST_PAGES && found.size() < MOST; i++) {
      IncidentQueries.Page page = queries.list(filter.after(cursor, PAGE), Person.SYSTEM);
      for (Incident each : page.items()) {
        if (each.times().opened().isBefore(start) || found.size() == MOST) {
          return found;
        }
        if (isPublic(each) && (codes.isEmpty() || codes.contains(each.report().category()))) {
          found.add(each);
        }
      }
      cursor = page.next();
      if (cursor == null) {
        break;
      }
    }
    return found;
  }

  private Answer answer(Call call, List<Incident> incidents) {
    Open311Format format = Open311Format.of(call);
    Map<String, Details> more = details.find(incidents.stream().map(Incident::id).toList());
    ArrayNode tree = Json.MAPPER.createArrayNode();
    for (Incident each : incidents) {
      show(tree.addObject(), each, more.getOrDefault(each.id(), Details.NONE));
    }
    return format.answer(200, "service_requests", tree);
  }

  private void show(ObjectNode to, Incident incident, Details more) {
    Category category = services.apply(incident.report().category());
    to.put("service_request_id", incident.id());
    to.put("status", incident.isOpen() ? "open" : "closed");
    to.put("status_notes", notes(incident));
    to.put("service_name", category == null ? "" : category.name());
    to.put("service_code", incident.report().category());
    String sent = more.description();
    to.put("description", sent == null ? incident.report().description() : sent);
    to.put("agency_responsible", incident.hands().department());
    to.put("service_notice", notice(incident));
    to.put("requested_datetime", Json.time(incident.times().opened()));
    Instant closed = incident.times().closed(); // a later remark does not move it
    to.put("updated_datetime", Json.time(closed == null ? incident.times().updated() : closed));
    Instant expected = incident.isOpen() ? incident.limits().closeBy() : null;
    Due due = incident.due();
    to.put(
        "expected_datetime",
        Json.timeOrNull(expected == null && due != null ? due.at() : expected));
    where(to, incident, more);
    to.put("media_url", more.mediaUrl());
  }

  private void where(ObjectNode to, Incident incident, Details more) {
    PlaceTree places = parts.area().site().places();
    List<Place> path = places.path(incident.spot().place());
    to.put(
        "address",
        more.address().isEmpty()
            ? path.stream().map(Place::name).collect(Collectors.joining())
            : more.address());
    to.put("address_id", incident.spot().place());
    to.putNull("zipcode");
    Place place = path.isEmpty() ? null : path.getLast();
    to.put("lat", more.lat() == null && place != null ? known(place.lat()) : more.lat());
    to.put("long", more.lon() == null && place != null ? known(place.lon()) : more.lon());
  }

  private static @Nullable Double known(double degrees) {
    return Double.isNaN(degrees) ? null : (Double) degrees;
  }

  /** Where it stands, without a word of who or why. */
  private static String notes(Incident incident) {
    return switch (incident.state()) {
      case REPORTED -> "已上报 / reported";
      case VERIFYING -> "核实中 / being verified";
      case FILED, RETURNED -> "已立案 / filed";
      case DISPATCHED -> "已派遣 / dispatched";
      case HANDLING, DEFERRAL_PENDING -> "处置中 / being handled";
      case SUSPENDED -> "挂账 / put off";
      case FEEDBACK, CHECKING -> "核查中 / being checked";
      case CLOSED -> "已结案 / closed";
      case REJECTED -> "不予立案 / rejected";
      case SELF_HANDLED -> "已自行处置 / fixed on the spot";
    };
  }

  /** What to expect next. */
  static String notice(Incident incident) {
    Due due = incident.due();
    return due == null ? "" : "限时 / due " + Json.time(due.at());
  }
}
