package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.RunningRule;
import dev.hologrid.gateway.alerting.Silence;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.rules.language.Nearest;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Silences that operators set, see and take back. */
final class SilencesResource implements Resource {
  private static final int MOST_NAMES = 100;

  private final Supplier<List<Component>> components;

  SilencesResource(Supplier<List<Component>> components) {
    this.components = components;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listSilences", this::list, "addSilence", this::add, "removeSilence", this::remove);
  }

  private Alerting alerting() {
    for (Component each : components.get()) {
      if (each instanceof Alerting alerting) {
        return alerting;
      }
    }
    throw Refused.notFound("no rules run on this server");
  }

  private Future<Answer> list(Call call) {
    ObjectNode page = Json.MAPPER.createObjectNode();
    ArrayNode items = page.putArray("items");
    alerting().silences().forEach(each -> items.add(item(each)));
    return Future.succeededFuture(Answer.json(page));
  }

  private Future<Answer> add(Call call) {
    Alerting alerting = alerting();
    Silence silence = silence(call, alerting);
    return call.off(
        () -> {
          alerting.silence(silence);
          return Answer.json(201, item(silence));
        });
  }

  private Future<Answer> remove(Call call) {
    String id = call.path("id");
    Alerting alerting = alerting();
    return call.off(
        () -> {
          if (!alerting.unsilence(id)) {
            throw Refused.notFound("there is no silence " + id);
          }
          return Answer.json(Map.of("id", id));
        });
  }

  private static Silence silence(Call call, Alerting alerting) {
    Body body = call.body();
    List<String> rules = texts(body, "rules");
    known(rules, alerting);
    List<String> devices = texts(body, "devices");
    String place = body.textOrNull("place");
    Map<String, String> labels = labels(body);
    if (rules.isEmpty() && devices.isEmpty() && place == null && labels.isEmpty()) {
      throw Refused.badRequest(
          "rules", "a silence names rules, devices, a place or labels; it is not for everything");
    }
    long now = alerting.now();
    long from = moment(body, "from", now);
    long until = moment(body, "until", Long.MIN_VALUE);
    if (until <= from || until <= now) {
      throw Refused.badRequest("until", "until must be after from, and in the future");
    }
    return new Silence(
        UUID.randomUUID().toString(),
        body.text("comment"),
        rules,
        devices,
        place == null ? "" : place,
        labels,
        from,
        until,
        call.person().id());
  }

  private static List<String> texts(Body body, String field) {
    JsonNode value = body.node().get(field);
    boolean none = value == null || value.isNull() || value.isArray() && value.isEmpty();
    return none ? List.of() : body.texts(field, MOST_NAMES);
  }

  /** A misspelt rule would silence nothing, and nobody would know. */
  private static void known(List<String> names, Alerting alerting) {
    Set<String> known = new TreeSet<>();
    for (RunningRule each : alerting.running()) {
      known.add(each.name());
      known.add(each.category());
    }
    for (String name : names) {
      if (!known.contains(name)) {
        String hint = Nearest.hint(name, known);
        throw Refused.badRequest(
            "rules", "no rule and no category is named '" + name + "' " + hint);
      }
    }
  }

  private static Map<String, String> labels(Body body) {
    JsonNode node = body.node().path("labels");
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      labels.put(each.getKey(), each.getValue().asText());
    }
    return labels;
  }

  private static long moment(Body body, String field, long or) {
    @Nullable String text = body.textOrNull(field);
    if (text == null) {
      if (or == Long.MIN_VALUE) {
        throw Refused.badRequest(field, field + " is required, for example 2026-11-24T08:00:00Z");
      }
      return or;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw Refused.badRequest(field, field + " must be ISO-8601 with its zone, but was " + text);
    }
  }

  private static ObjectNode item(Silence silence) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.put("id", silence.id()).put("comment", silence.comment());
    item.set("rules", Json.MAPPER.valueToTree(new ArrayList<>(silence.rules())));
    item.set("devices", Json.MAPPER.valueToTree(new ArrayList<>(silence.devices())));
    item.put("place", silence.place());
    item.set("labels", Json.MAPPER.valueToTree(silence.labels()));
    item.put("from", AlertJson.time(silence.from())).put("until", AlertJson.time(silence.until()));
    return item.put("by", silence.by());
  }
}
