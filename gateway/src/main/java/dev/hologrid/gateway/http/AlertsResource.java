package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertExplanation;
import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts, firing and past. */
final class AlertsResource implements Resource {
  private final AlertLog alerts;
  private final AlertViews views;
  private final Scopes scopes;

  AlertsResource(AlertLog alerts, AlertViews views, Scopes scopes) {
    this.alerts = alerts;
    this.views = views;
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listAlerts", this::list, "getAlert", this::one, "explainAlert", this::explain);
  }

  private Future<Answer> list(Call call) {
    String severity = call.query("severity");
    AlertLog.Filter filter =
        new AlertLog.Filter(
            firing(call.query("state", "all")),
            call.query("rule"),
            severity == null ? null : Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
            null,
            scopes.narrow(call.person(), call.query("place")),
            call.query("device"));
    AlertLog.Page page = alerts.list(filter, call.limit(), order(call.cursor()));
    String next = page.next();
    return views
        .items(page.alerts())
        .map(items -> Answer.json(new Page<>(items, next == null ? null : Cursor.write(next))));
  }

  private static @Nullable String order(@Nullable String cursor) {
    if (cursor != null && !cursor.matches("-?\\d{1,18}")) {
      throw Refused.badRequest("cursor", "is not a cursor of this list; ask without cursor first");
    }
    return cursor;
  }

  private static @Nullable Boolean firing(String state) {
    return switch (state) {
      case "firing" -> Boolean.TRUE;
      case "resolved" -> Boolean.FALSE;
      default -> null;
    };
  }

  private Future<Answer> one(Call call) {
    Alert alert = visible(call);
    return views.items(List.of(alert)).map(items -> item(items));
  }

  private Future<Answer> explain(Call call) {
    return Future.succeededFuture(Answer.json(AlertExplanation.json(visible(call))));
  }

  private Alert visible(Call call) {
    String key = call.path("rule") + "/" + call.path("subject") + "/" + call.path("activation");
    Alert alert = alerts.alert(key);
    Person viewer = call.person();
    if (alert == null || !scopes.covers(viewer, alert.place())) {
      throw Refused.notFound("there is no alert " + key + " in your area, or it is forgotten");
    }
    return alert;
  }

  private static Answer item(List<ObjectNode> items) {
    return Answer.json(items.getFirst());
  }
}
