package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Telemetry by HTTP, for those without MQTT: the same messages into the same front door, answered
 * after they are on disk.
 */
final class TelemetryResource implements Resource {
  private static final int MOST = 1000;
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final Inbox inbox;
  private final Clock clock;

  TelemetryResource(Inbox inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  private record Stored(int stored) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("postTelemetry", this::post);
  }

  private Future<Answer> post(Call call) {
    if (!inbox.ready()) {
      throw new Refused(
          Problem.of(503, "too much waits for the disk; send it again"),
          Map.of("Retry-After", "1"));
    }
    long now = clock.millis();
    List<Future<Void>> stored = new ArrayList<>();
    for (JsonNode each : messages(call)) {
      stored.add(put(call, each, now));
    }
    return Future.all(stored).map(ignored -> Answer.json(202, new Stored(stored.size())));
  }

  /** One object, an array of them, or one per line; all are looked at before the first is put. */
  private static List<JsonNode> messages(Call call) {
    List<JsonNode> found = new ArrayList<>();
    String type = call.header("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).contains("ndjson")) {
      for (String line : call.raw().toString(StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank()) {
          found.add(Json.read(Buffer.buffer(line)));
        }
      }
    } else {
      JsonNode body = Json.read(call.raw());
      if (body.isArray()) {
        body.forEach(found::add);
      } else {
        found.add(body);
      }
    }
    if (found.isEmpty() || found.size() > MOST) {
      throw Refused.badRequest("body", "send 1 to " + MOST + " messages at a time");
    }
    for (int i = 0; i < found.size(); i++) {
      check(found.get(i), i, found.size() > 1);
    }
    return found;
  }

  private static void check(JsonNode message, int index, boolean many) {
    String where = many ? index + "." : "";
    if (!message.isObject()) {
      throw Refused.badRequest(where + "body", "each message must be a JSON object");
    }
    if (!KIND.matcher(message.path("kind").asText("")).matches()) {
      throw Refused.badRequest(
          where + "kind", "kind must be one word in lower case, for example smoke");
    }
    if (!DEVICE.matcher(message.path("device").asText("")).matches()) {
      throw Refused.badRequest(
          where + "device", "device must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    if (!message.path("values").isObject()) {
      throw Refused.badRequest(
          where + "values", "values must be an object, for example {\"obscuration\": 0.08}");
    }
  }

  private Future<Void> put(Call call, JsonNode message, long now) {
    String device = message.path("device").asText();
    if (!mayBe(call, device)) {
      throw Refused.forbidden("this token is of another device than " + device);
    }
    String topic = "hologrid/v1/" + message.path("kind").asText() + "/" + device;
    Promise<Void> stored = Promise.promise();
    inbox.put(
        new SourceMessage(
            "http", topic, device, Json.bytes(reading(message)), now, new Ack(stored)));
    return stored.future();
  }

  private static boolean mayBe(Call call, String device) {
    String id = call.person().id();
    return !id.startsWith(Credentials.DEVICE) || id.equals(Credentials.DEVICE + device);
  }

  private static JsonNode reading(JsonNode message) {
    com.fasterxml.jackson.databind.node.ObjectNode reading = Json.MAPPER.createObjectNode();
    for (String each : Set.of("ts", "seq", "values")) {
      if (message.has(each)) {
        reading.set(each, message.get(each));
      }
    }
    return reading;
  }

  private record Ack(Promise<Void> promise) implements SourceMessage.Ack {
    @Override
    public void stored() {
      promise.tryComplete();
    }

    @Override
    public void failed(Throwable cause) {
      promise.tryFail(
          new Refused(
              Problem.of(503, "the readings could not be stored; send them again"),
              Map.of("Retry-After", "5")));
    }
  }
}
