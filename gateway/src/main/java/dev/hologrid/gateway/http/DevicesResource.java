package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.DeviceState;
import dev.hologrid.gateway.site.DeviceView;
import dev.hologrid.gateway.site.Site;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices with their latest values. */
final class DevicesResource implements Resource {
  private final DeviceRegistry devices;
  private final Site site;
  private final AlertLog alerts;
  private final Scopes scopes;

  DevicesResource(HttpParts.Area area, AlertLog alerts, Scopes scopes) {
    this.devices = area.devices();
    this.site = area.site();
    this.alerts = alerts;
    this.scopes = scopes;
  }

  /** A device as it is shown. */
  record Item(
      String id,
      String kind,
      String place,
      List<PlaceRef> placePath,
      @Nullable Double lon,
      @Nullable Double lat,
      @Nullable Integer floor,
      String state,
      @Nullable String lastSeenAt,
      Map<String, Object> values,
      Map<String, String> labels,
      boolean provisioned,
      int alerts) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listDevices", this::list, "getDevice", this::one);
  }

  private Future<Answer> list(Call call) {
    String state = call.query("state");
    DeviceRegistry.Filter filter =
        new DeviceRegistry.Filter(
            scopes.narrow(call.person(), call.query("place")),
            call.query("kind"),
            state == null ? null : DeviceState.valueOf(state.toUpperCase(Locale.ROOT)));
    DeviceRegistry.Page page = devices.list(filter, call.limit(), call.cursor());
    String next = page.next();
    return Future.succeededFuture(
        Answer.json(
            new Page<>(
                page.devices().stream().map(this::item).toList(),
                next == null ? null : Cursor.write(next))));
  }

  private Future<Answer> one(Call call) {
    DeviceView device = devices.device(call.path("id"));
    if (device == null || !scopes.covers(call.person(), device.place())) {
      throw Refused.notFound("there is no device " + call.path("id") + " in your area");
    }
    return Future.succeededFuture(Answer.json(item(device)));
  }

  Item item(DeviceView device) {
    return new Item(
        device.id(),
        device.kind(),
        device.place(),
        PlaceRef.path(site.places(), device.place()),
        degrees(device.lon()),
        degrees(device.lat()),
        floor(device.place()),
        device.state().name().toLowerCase(Locale.ROOT),
        device.lastSeenAt() == 0 ? null : Json.time(device.lastSeenAt()),
        device.values(),
        device.labels(),
        device.provisioned(),
        alerts.firingFor(device.id()));
  }

  private static @Nullable Double degrees(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The number in a floor's code, {@code <building>-F<n>}. */
  private static @Nullable Integer floor(String place) {
    int at = place.lastIndexOf("-F");
    if (at < 0) {
      return null;
    }
    try {
      return Integer.valueOf(place.substring(at + 2));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
