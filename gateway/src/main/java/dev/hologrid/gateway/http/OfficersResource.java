package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.patrol.OfficerKpis;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** What officers did, in figures. */
final class OfficersResource implements Resource {
  private final OfficerKpis kpis;
  private final People people;
  private final Clock clock;
  private final ZoneId zone;
  private final Scopes scopes;

  OfficersResource(HttpParts parts, Scopes scopes) {
    this.kpis = parts.records().officers();
    this.zone = parts.records().kpis().zone();
    this.people = parts.work().people();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getOfficerKpis", this::read);
  }

  private Future<Answer> read(Call call) {
    Border border = scopes.border(call);
    Span span = Spans.of(call, clock.instant(), zone);
    return call.off(() -> Answer.json(view(span, kpis.read(border, span.from(), span.to()))));
  }

  private ObjectNode view(Span span, Map<String, OfficerKpis.Counts> counts) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("from", Json.time(span.from())).put("to", Json.time(span.to()));
    var items = answer.putArray("items");
    counts.forEach(
        (id, c) -> {
          Person person = people.find(id);
          ObjectNode item = items.addObject();
          item.put("officer", id).put("name", person == null ? id : person.name());
          item.setAll((ObjectNode) Json.MAPPER.valueToTree(c));
          rate(item, "validReportRate", c.reportedValid(), c.reported());
          rate(item, "checkInRate", c.checkInsValid(), c.checkIns());
          rate(item, "coverageRate", c.visited(), c.points());
          rate(item, "inTimeVerifyRate", c.verifiedInTime(), c.verified());
          rate(item, "inTimeCheckRate", c.checkedInTime(), c.checked());
          rate(item, "eventsPerPatrol", c.reported(), c.patrols());
        });
    return answer;
  }

  /** A share, or null of nothing. */
  static void rate(ObjectNode to, String key, long part, long whole) {
    if (whole == 0) {
      to.putNull(key);
    } else {
      to.put(key, (double) part / whole);
    }
  }
}
