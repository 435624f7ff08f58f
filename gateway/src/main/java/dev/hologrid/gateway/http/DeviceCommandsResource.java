package dev.hologrid.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.control.DeviceCommand;
import dev.hologrid.gateway.control.DeviceCommands;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.DeviceView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commands to devices of one's area, and how far they are. */
final class DeviceCommandsResource implements Resource {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final long SECONDS = 30;
  private static final long MOST_SECONDS = 3_600;
  private static final int MOST_PARAMS = 4 << 10;

  private final DeviceRegistry devices;
  private final DeviceCommands commands;
  private final Scopes scopes;

  DeviceCommandsResource(HttpParts.Area area, Scopes scopes) {
    this.devices = area.devices();
    this.commands = area.commands();
    this.scopes = scopes;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Item(
      String id,
      String device,
      String command,
      JsonNode params,
      String by,
      String at,
      String endsAt,
      String state,
      @Nullable String deliveredAt,
      @Nullable String answeredAt,
      @Nullable JsonNode answer) {
    static Item of(DeviceCommand command) {
      return new Item(
          command.id(),
          command.device(),
          command.name(),
          command.params(),
          command.by(),
          Json.time(command.at()),
          Json.time(command.endsAt()),
          command.state().name().toLowerCase(Locale.ROOT),
          command.deliveredAt() == 0 ? null : Json.time(command.deliveredAt()),
          command.answeredAt() == 0 ? null : Json.time(command.answeredAt()),
          command.answer());
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "giveDeviceCommand", this::give,
        "listDeviceCommands", this::list,
        "getDeviceCommand", this::one);
  }

  private String device(Call call) {
    DeviceView device = devices.device(call.path("id"));
    if (device == null || !scopes.covers(call.person(), device.place())) {
      throw Refused.notFound("there is no device " + call.path("id") + " in your area");
    }
    return device.id();
  }

  private Future<Answer> give(Call call) {
    String device = device(call);
    Body body = call.body();
    body.only(Set.of("command", "params", "seconds"));
    String name = body.text("command");
    if (!NAME.matcher(name).matches()) {
      throw Refused.badRequest(
          "command", "command must be one word of a-z 0-9 _ -, for example mute");
    }
    JsonNode params = body.node().path("params");
    if (params.isMissingNode()) {
      params = Json.MAPPER.createObjectNode();
    }
    if (!params.isObject() || Json.bytes(params).length > MOST_PARAMS) {
      throw Refused.badRequest("params", "params must be a JSON object of at most 4 KiB");
    }
    Long said = body.numberOrNull("seconds");
    long seconds = said == null ? SECONDS : said;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw Refused.badRequest("seconds", "seconds must be 1 to " + MOST_SECONDS);
    }
    DeviceCommands.Given given =
        commands.give(
            new DeviceCommands.Wish(
                device,
                name,
                params,
                Duration.ofSeconds(seconds),
                call.person().id(),
                call.address()));
    return Future.succeededFuture(
        switch (given) {
          case DeviceCommands.Sent sent ->
              Answer.json(202, Item.of(sent.command()))
                  .with(
                      "Location", "/api/v1/devices/" + device + "/commands/" + sent.command().id());
          case DeviceCommands.Absent absent ->
              throw new Refused(
                  Problem.of(
                      409,
                      "the device "
                          + device
                          + " is not there: it is not connected, or has not subscribed to its"
                          + " commands"));
          case DeviceCommands.Refused refused ->
              throw Refused.badRequest(refused.wrong().field(), refused.wrong().why());
        });
  }

  private Future<Answer> list(Call call) {
    return Future.succeededFuture(
        Answer.json(
            Page.whole(commands.of(device(call), call.limit()).stream().map(Item::of).toList())));
  }

  private Future<Answer> one(Call call) {
    String device = device(call);
    DeviceCommand command = commands.find(call.path("command"));
    if (command == null || !command.device().equals(device)) {
      throw Refused.notFound("there is no such command of the device " + device + " (any more)");
    }
    return Future.succeededFuture(Answer.json(Item.of(command)));
  }
}
