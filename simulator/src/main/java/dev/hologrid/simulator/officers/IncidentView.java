package dev.hologrid.simulator.officers;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the API says of an incident, as far as simulated people look at it. */
record IncidentView(
    String id, String state, String place, @Nullable String assignee, boolean fromSensor) {
  static IncidentView of(JsonNode item) {
    JsonNode assignee = item.path("assignee").path("id");
    return new IncidentView(
        item.path("id").asText(),
        item.path("state").asText(),
        item.path("place").asText(),
        assignee.isTextual() ? assignee.asText() : null,
        item.path("origin").asText().equals("SENSOR"));
  }
}
