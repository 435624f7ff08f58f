package dev.hologrid.simulator.officers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Officers who walk the rounds that are due: begin, check in at one point after the other, end.
 * Some leave out the last point, some a whole round. Used by one thread.
 */
final class Walk {
  private static final int STAY_AWAY = 15;
  private static final int LEAVE_OUT = 15;
  private final Talk talk;
  private final Map<String, String> patrols = new HashMap<>();

  /** How they speak with the gateway. */
  interface Talk {
    JsonNode get(String path, String actor) throws IOException, InterruptedException;

    /** The answer, or a missing node when it was refused. */
    JsonNode post(String path, String actor, Map<String, Object> body)
        throws IOException, InterruptedException;
  }

  Walk(Talk talk) {
    this.talk = talk;
  }

  /** One step for each round that is due, at most. */
  void look(String viewer) throws IOException, InterruptedException {
    JsonNode due = talk.get("/api/v1/patrol-rounds?state=DUE&limit=200", viewer).path("items");
    Set<String> there = new java.util.HashSet<>();
    for (JsonNode round : due) {
      there.add(round.path("id").asText());
      int chance = Math.floorMod(round.path("id").asText().hashCode() * 31, 100);
      if (chance >= STAY_AWAY && round.path("officer").isObject()) {
        step(round, chance < STAY_AWAY + LEAVE_OUT ? 1 : 0);
      }
    }
    for (String each : Set.copyOf(patrols.keySet())) {
      if (!there.contains(each)) {
        patrols.remove(each); // done: the last check-in was followed by the end
      }
    }
  }

  private void step(JsonNode round, int leave) throws IOException, InterruptedException {
    JsonNode missing = round.path("missing");
    if (missing.size() <= leave || !missing.path(0).path("lon").isNumber()) {
      return; // the rest is left out, or it is nowhere in particular
    }
    String id = round.path("id").asText();
    String officer = round.path("officer").path("id").asText();
    String patrol = patrols.get(id);
    if (patrol == null) {
      begin(id, round.path("plan").asText(), officer);
      return;
    }
    JsonNode next = missing.get(0);
    Map<String, Object> position = new TreeMap<>();
    position.put("lon", next.path("lon").asDouble());
    position.put("lat", next.path("lat").asDouble());
    position.put("accuracyM", 12);
    talk.post("/api/v1/patrols/" + patrol + "/check-ins", officer, position);
    if (missing.size() == leave + 1) {
      end(patrol, officer);
    }
  }

  /** Refused while the officer is on another patrol: the one of a run before this is ended. */
  private void begin(String round, String plan, String officer)
      throws IOException, InterruptedException {
    String patrol =
        talk.post("/api/v1/patrols", officer, Map.of("plan", plan)).path("id").asText("");
    if (!patrol.isEmpty()) {
      patrols.put(round, patrol);
      return;
    }
    JsonNode last = talk.get("/api/v1/patrols?mine=true&limit=1", officer).path("items").path(0);
    String open = last.path("endedAt").isNull() ? last.path("id").asText("") : "";
    if (!open.isEmpty() && !patrols.containsValue(open)) {
      end(open, officer);
    }
  }

  private void end(String patrol, String officer) throws IOException, InterruptedException {
    talk.post("/api/v1/patrols/" + patrol + "/end", officer, Map.of());
  }
}
