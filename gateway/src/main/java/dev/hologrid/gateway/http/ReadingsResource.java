package dev.hologrid.gateway.http;

import dev.hologrid.gateway.archive.History;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.DeviceView;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device measured in the past. */
final class ReadingsResource implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingsResource.class);
  private static final Duration USUAL = Duration.ofHours(1);
  private final History history;
  private final DeviceRegistry devices;
  private final Clock clock;
  private final Scopes scopes;

  ReadingsResource(History history, DeviceRegistry devices, Clock clock, Scopes scopes) {
    this.history = history;
    this.devices = devices;
    this.clock = clock;
    this.scopes = scopes;
  }

  private record Series(
      String device, String metric, @Nullable String unit, List<List<Object>> points) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getReadings", this::read);
  }

  private Future<Answer> read(Call call) {
    String id = call.query("device", "");
    String metric = call.query("metric", "");
    DeviceView device = devices.device(id);
    if (device == null || !scopes.covers(call.person(), device.place())) {
      throw Refused.notFound("there is no device " + id + " in your area");
    }
    long to = time(call.query("to"), clock.millis() + 1);
    long from = time(call.query("from"), to - USUAL.toMillis());
    if (from >= to) {
      throw Refused.badRequest("from", "from must be before to");
    }
    int points = Integer.parseInt(call.query("points", "500"));
    History.Query query = new History.Query(device.kind(), id, metric, from, to, points);
    return call.off(() -> answer(id, metric, query));
  }

  private Answer answer(String id, String metric, History.Query query) {
    try {
      List<List<Object>> points =
          history.read(query).stream()
              .filter(each -> each.value() instanceof Double)
              .map(each -> List.<Object>of(each.time(), each.value()))
              .toList();
      String unit = History.unit(metric);
      return Answer.json(new Series(id, metric, unit.isEmpty() ? null : unit, points));
    } catch (IOException e) {
      LOG.warn("history could not be read: {}", e.getMessage());
      throw new Refused(
          Problem.of(503, "the archive does not answer now; readings are kept and will be there"),
          Map.of("Retry-After", "10"));
    }
  }

  private static long time(@Nullable String text, long otherwise) {
    return text == null ? otherwise : Instant.parse(text).toEpochMilli();
  }
}
