package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.DeviceAccount;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.incident.Person;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Devices that send telemetry by HTTP show the secret that they also use for MQTT. */
final class DeviceTokens {
  /** What the identity of a device begins with, so that it is never taken for a person's. */
  static final String DEVICE = "device:";

  private static final String BEARER = "Bearer ";

  private DeviceTokens() {}

  /** The device whose secret the request shows, as one without any role; null for all others. */
  static @Nullable Person device(RoutingContext context, DeviceAccounts accounts) {
    String authorization = context.request().getHeader("Authorization");
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return null;
    }
    DeviceAccount account = accounts.bySecret(authorization.substring(BEARER.length()));
    return account == null ? null : person(account.device());
  }

  private static Person person(String device) {
    String id = DEVICE + device;
    return new Person(id, id, Set.of(), "-", false, "");
  }
}
