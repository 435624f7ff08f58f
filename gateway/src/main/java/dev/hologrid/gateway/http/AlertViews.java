package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.rules.alert.Alert;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Alerts as they are shown: with the names of their places and their incident. */
final class AlertViews {
  private final Site site;
  private final Function<List<String>, Future<Map<String, String>>> incidents;

  /**
   * Views.
   *
   * @param incidents finds the incident of each alert key that has one
   */
  AlertViews(Site site, Function<List<String>, Future<Map<String, String>>> incidents) {
    this.site = site;
    this.incidents = incidents;
  }

  Future<List<ObjectNode>> items(List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return incidents
        .apply(alerts.stream().map(each -> each.id().key()).toList())
        .map(
            found -> {
              List<ObjectNode> items = new ArrayList<>();
              for (Alert each : alerts) {
                items.add(item(each, found.get(each.id().key())));
              }
              return items;
            });
  }

  ObjectNode item(Alert alert, @Nullable String incident) {
    ObjectNode item = AlertJson.item(alert);
    item.set("placePath", Json.MAPPER.valueToTree(PlaceRef.path(site.places(), alert.place())));
    item.put("incident", incident);
    return item;
  }
}
