package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.PlaceTree;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Severity;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The grid tree, with what happens at each place. */
final class GridsResource implements Resource {
  private static final String GEO = "application/geo+json; charset=utf-8";
  private final Site site;
  private final DeviceRegistry devices;
  private final AlertLog alerts;
  private final Supplier<Future<Map<String, Integer>>> incidents;
  private final Scopes scopes;

  GridsResource(
      HttpParts.Area area,
      AlertLog alerts,
      Supplier<Future<Map<String, Integer>>> incidents,
      Scopes scopes) {
    this.site = area.site();
    this.devices = area.devices();
    this.alerts = alerts;
    this.incidents = incidents;
    this.scopes = scopes;
  }

  /** A place as it is shown. */
  record Item(
      String code,
      String name,
      String nameEn,
      String level,
      @Nullable String parent,
      int devices,
      Map<String, Integer> alerts,
      int incidents) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listGrids", this::list, "getGridShapes", this::shapes, "getGrid", this::one);
  }

  private Future<Answer> list(Call call) {
    PlaceTree tree = site.places();
    String parent = call.query("parent");
    PlaceLevel level = level(call.query("level"));
    String under = scopes.narrow(call.person(), null);
    if (parent != null && tree.place(parent) == null) {
      throw Refused.badRequest("parent", "there is no place " + parent);
    }
    List<Place> places = parent == null ? tree.all() : below(tree, parent, level);
    List<Place> found =
        places.stream()
            .filter(each -> level == null || each.level() == level)
            .filter(each -> under == null || tree.contains(under, each.code()))
            .toList();
    return incidents
        .get()
        .map(
            open -> {
              Map<String, Map<Severity, Integer>> firing = alerts.firingByPlace();
              return Answer.json(
                  Page.of(found, call, Place::code, each -> item(each, firing, open)));
            });
  }

  /** Without a level what is directly in the parent, else all of that level below it. */
  private static List<Place> below(PlaceTree tree, String parent, @Nullable PlaceLevel level) {
    return level == null
        ? tree.children(parent)
        : tree.atLevel(level).stream().filter(each -> tree.contains(parent, each.code())).toList();
  }

  private static @Nullable PlaceLevel level(@Nullable String word) {
    return word == null ? null : PlaceLevel.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Item item(
      Place place, Map<String, Map<Severity, Integer>> firing, Map<String, Integer> open) {
    Map<String, Integer> bySeverity = new TreeMap<>();
    firing
        .getOrDefault(place.code(), Map.of())
        .forEach((severity, n) -> bySeverity.put(severity.name().toLowerCase(Locale.ROOT), n));
    return new Item(
        place.code(),
        place.name(),
        place.nameEn(),
        place.level().name(),
        place.parent(),
        devices.countIn(place.code()),
        bySeverity,
        open.getOrDefault(place.code(), 0));
  }

  private Future<Answer> one(Call call) {
    Place place = site.places().place(call.path("code"));
    if (place == null || !scopes.covers(call.person(), place.code())) {
      throw Refused.notFound("there is no place " + call.path("code") + " in your area");
    }
    return incidents.get().map(open -> Answer.json(item(place, alerts.firingByPlace(), open)));
  }

  private Future<Answer> shapes(Call call) {
    PlaceTree tree = site.places();
    PlaceLevel level = level(call.query("level"));
    if (level == null) {
      throw Refused.badRequest("level", "the parameter level is required");
    }
    String under = scopes.narrow(call.person(), null);
    return call.context()
        .vertx()
        .executeBlocking(
            () -> {
              ObjectNode all = tree.geoJson(level);
              if (under != null) {
                ArrayNode kept = Json.MAPPER.createArrayNode();
                for (JsonNode each : all.path("features")) {
                  if (tree.contains(under, each.path("properties").path("code").asText())) {
                    kept.add(each);
                  }
                }
                all.set("features", kept);
              }
              return Answer.of(GEO, Json.buffer(all));
            },
            false);
  }
}
