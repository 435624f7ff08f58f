package dev.hologrid.gateway.notify;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** Makes the channels of a configuration. */
public final class Channels {
  private Channels() {}

  /** One for each target, none of them connected yet. */
  public static List<Channel> of(Vertx vertx, NotifyConfig config, InstantSource clock) {
    AddressGuard guard = new AddressGuard(config.allowedHosts());
    return config.targets().stream().map(each -> of(vertx, each, guard, clock)).toList();
  }

  private static Channel of(
      Vertx vertx, NotifyConfig.Target target, AddressGuard guard, InstantSource clock) {
    return switch (target.kind()) {
      case WEBHOOK -> http(vertx, target, Format.WEBHOOK, guard, clock);
      case ALERTMANAGER -> http(vertx, target, Format.ALERTMANAGER, guard, clock);
      case WECOM -> http(vertx, target, Format.WECOM, guard, clock);
      case DINGTALK -> http(vertx, target, Format.DINGTALK, guard, clock);
      case MQTT -> new MqttChannel(vertx, target);
      case EMAIL -> new EmailChannel(vertx, target);
    };
  }

  private static Channel http(
      Vertx vertx,
      NotifyConfig.Target target,
      Format format,
      AddressGuard guard,
      InstantSource clock) {
    HttpChannel.Target to =
        new HttpChannel.Target(target.name(), target.url(), format, target.login().secret());
    return new HttpChannel(vertx, to, guard, clock);
  }
}
