package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.RunningRule;
import dev.hologrid.gateway.alerting.Silence;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.rules.language.Nearest;
import io.vertx.core.Future;
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
  private final Scopes scopes;

  SilencesResource(Supplier<List<Component>> components, Scopes scopes) {
    this.components = components;
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listSilences", this::list, "addSilence", this::add, "removeSilence", this::remove);
  }

  private @Nullable Alerting running() {
    return Alerting.among(components.get());
  }

  private Alerting alerting() {
    Alerting alerting = running();
    if (alerting == null) {
      throw Refused.notFound("no rules run on this server");
    }
    return alerting;
  }

  /** One for everywhere concerns everybody, and belongs to those whose area is everywhere. */
  private boolean sees(Person viewer, Silence silence) {
    return silence.place().isEmpty() || scopes.covers(viewer, silence.place());
  }

  private boolean owns(Person viewer, Silence silence) {
    return silence.place().isEmpty()
        ? scopes.everything(viewer)
        : scopes.covers(viewer, silence.place());
  }

  private Future<Answer> list(Call call) {
    ObjectNode page = Json.MAPPER.createObjectNode();
    ArrayNode items = page.putArray("items");
    Alerting alerting = running();
    if (alerting != null) {
      alerting.silences().stream()
          .filter(each -> sees(call.person(), each))
          .forEach(each -> items.add(item(each)));
    }
    return Future.succeededFuture(Answer.json(page));
  }

  private Future<Answer> add(Call call) {
    String place = scopes.narrow(call.person(), call.body().textOrNull("place"));
    Alerting alerting = alerting();
    Silence silence = silence(call, alerting, place);
    return call.off(
        () -> {
          alerting.silence(silence);
          return Answer.json(201, item(silence));
        });
  }

  private Future<Answer> remove(Call call) {
    String id = call.path("id");
    Alerting alerting = alerting();
    Person viewer = call.person();
    boolean owned =
        alerting.silences().stream().anyMatch(each -> each.id().equals(id) && owns(viewer, each));
    if (!owned) {
      throw Refused.notFound("there is no silence " + id + " of your area");
    }
    return call.off(
        () -> {
          if (!alerting.unsilence(id)) {
            throw Refused.notFound("there is no silence " + id);
          }
          return Answer.json(Map.of("id", id));
        });
  }

  /**
   * @param place within the person's area; null for everywhere
   */
  private static Silence silence(Call call, Alerting alerting, @Nullable String place) {
    Body body = call.body();
    List<String> rules = texts(body, "rules");
    known(rules, alerting);
    List<String> devices = texts(body, "devices");
    Map<String, String> labels = labels(body);
    if (rules.isEmpty() && devices.isEmpty() && place == null && labels.isEmpty()) {
      throw Refused.badRequest(
          "rules", "a silence names rules, devices, a place or labels; it is not for everything");
    }
    long now = alerting.now();
    long from = body.moment("from", now);
    long until = body.moment("until", Long.MIN_VALUE);
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
