package dev.hologrid.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.decode.Names;
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
import org.jspecify.annotations.Nullable;

/**
 * Telemetry by HTTP, for those without MQTT: the same messages into the same front door, answered
 * after they are on disk. A record that is wrong is told by its place and changes nothing for the
 * others.
 */
final class TelemetryResource implements Resource {
  private static final int MOST = 1000;
  private static final String FOREIGN = "not-allowed";

  private final Inbox inbox;
  private final TelemetryPace pace;
  private final Clock clock;

  TelemetryResource(Inbox inbox, TelemetryPace pace, Clock clock) {
    this.inbox = inbox;
    this.pace = pace;
    this.clock = clock;
  }

  private record Stored(int stored) {}

  /**
   * What became of one record.
   *
   * @param index its place in the request, from 0
   * @param status {@code stored}: on disk, not to be sent again; {@code rejected} and {@code
   *     not-allowed}: never taken in; {@code quarantined}: taken in and kept with the reason, as no
   *     reading could be made of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(int index, String status, @Nullable String field, @Nullable String detail) {
    static Result stored(int index) {
      return new Result(index, "stored", null, null);
    }

    boolean good() {
      return status.equals("stored");
    }
  }

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
    List<Buffer> lines = lines(call);
    boolean single = lines == null;
    long now = clock.millis();
    List<Future<Result>> results = new ArrayList<>();
    if (lines != null) {
      bounded(lines.size());
      paced(call, lines.size());
      for (Buffer each : lines) {
        int index = results.size();
        results.add(result(index, () -> put(call, index, Json.read(each), now)));
      }
    } else {
      JsonNode body = Json.read(call.raw());
      single = !body.isArray();
      bounded(single ? 1 : body.size());
      paced(call, single ? 1 : body.size());
      for (JsonNode each : single ? List.of(body) : body) {
        int index = results.size();
        results.add(result(index, () -> put(call, index, each, now)));
      }
    }
    boolean one = single;
    return Future.all(results).map(all -> answer(all.list(), one));
  }

  private void paced(Call call, int records) {
    long wait =
        pace.take(
            call.person().id(), call.address(), records, call.raw().length(), System.nanoTime());
    if (wait > 0) {
      throw new Refused(
          Problem.of(
              429, "this is more than may be sent in a second; send it again in " + wait + " s"),
          Map.of("Retry-After", String.valueOf(wait)));
    }
  }

  private static void bounded(int count) {
    if (count == 0 || count > MOST) {
      throw Refused.badRequest("body", "send 1 to " + MOST + " records at a time");
    }
  }

  /** The lines of NDJSON, or null when the body is one JSON document. */
  private static @Nullable List<Buffer> lines(Call call) {
    String type = call.header("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).contains("ndjson")) {
      return null;
    }
    return call.raw()
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(each -> !each.isBlank())
        .map(Buffer::buffer)
        .toList();
  }

  private interface Record {
    Future<Result> put();
  }

  private static Future<Result> result(int index, Record record) {
    try {
      return record.put();
    } catch (Refused e) {
      return Future.succeededFuture(
          new Result(
              index,
              e.problem().status() == 403 ? FOREIGN : "rejected",
              e.problem().field(),
              e.problem().detail()));
    }
  }

  private static Answer answer(List<Result> results, boolean single) {
    int stored = (int) results.stream().filter(Result::good).count();
    if (stored == results.size()) {
      return Answer.json(202, new Stored(stored));
    }
    Result bad = results.stream().filter(each -> !each.good()).findFirst().orElseThrow();
    String field = String.valueOf(bad.field());
    Problem problem =
        Problem.of(bad.status().equals(FOREIGN) ? 403 : 400, String.valueOf(bad.detail()))
            .at(single ? field : bad.index() + "." + field);
    ObjectNode body = Json.MAPPER.valueToTree(problem);
    if (!single) {
      body.put("stored", stored);
      body.set("results", Json.MAPPER.valueToTree(results));
    }
    return new Answer(problem.status(), Answer.PROBLEM, Json.buffer(body), Map.of());
  }

  private Future<Result> put(Call call, int index, JsonNode message, long now) {
    if (!message.isObject()) {
      throw Refused.badRequest("body", "each record must be a JSON object");
    }
    String own = own(call);
    String device = message.path("device").asText(own);
    String kind = message.path("kind").asText("");
    check(message, kind, device);
    if (!own.isEmpty() && !own.equals(device)) {
      throw new Refused(
          Problem.of(403, "this token is of another device than " + device).at("device"));
    }
    Promise<Result> stored = Promise.promise();
    inbox.put(
        new SourceMessage(
            "http",
            "hologrid/v1/" + kind + "/" + device,
            device,
            Json.bytes(reading(message)),
            now,
            new Ack(index, stored)));
    return stored.future();
  }

  /** The device whose token this is, or nothing for a person. */
  private static String own(Call call) {
    String id = call.person().id();
    return id.startsWith(DeviceTokens.DEVICE) ? id.substring(DeviceTokens.DEVICE.length()) : "";
  }

  private static void check(JsonNode message, String kind, String device) {
    if (!Names.validKind(kind)) {
      throw Refused.badRequest("kind", "kind must be one word in lower case, for example smoke");
    }
    if (!Names.validDevice(device)) {
      throw Refused.badRequest(
          "device", "device must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    if (!message.path("values").isObject()) {
      throw Refused.badRequest(
          "values", "values must be an object, for example {\"obscuration\": 0.08}");
    }
  }

  private static JsonNode reading(JsonNode message) {
    ObjectNode reading = Json.MAPPER.createObjectNode();
    for (String each : Set.of("ts", "seq", "values")) {
      if (message.has(each)) {
        reading.set(each, message.get(each));
      }
    }
    return reading;
  }

  private record Ack(int index, Promise<Result> promise) implements SourceMessage.Ack {
    @Override
    public void stored() {
      promise.tryComplete(Result.stored(index));
    }

    @Override
    public void quarantined(String reason, String detail) {
      promise.tryComplete(new Result(index, "quarantined", "values", reason + ": " + detail));
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
