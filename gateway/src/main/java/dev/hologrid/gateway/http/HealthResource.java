package dev.hologrid.gateway.http;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How the server is, for people and for machines. */
final class HealthResource implements Resource {
  private final Supplier<List<Component>> components;
  private final List<Metrics> metrics;

  HealthResource(Supplier<List<Component>> components, List<Metrics> metrics) {
    this.components = components;
    this.metrics = List.copyOf(metrics);
  }

  private record Row(String name, String status, String why) {}

  private record Health(String status, List<Row> components) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getHealth", this::health, "getMetrics", this::metrics);
  }

  private Future<Answer> health(Call call) {
    List<Row> rows = new ArrayList<>();
    int worst = 0;
    for (Component each : components.get()) {
      Check check = checkOf(each);
      rows.add(new Row(each.name(), check.word(), check.why()));
      worst = Math.max(worst, rank(check));
    }
    String status = worst == 0 ? "ok" : worst == 1 ? "degraded" : "failed";
    return Future.succeededFuture(Answer.json(worst == 2 ? 503 : 200, new Health(status, rows)));
  }

  private static Check checkOf(Component component) {
    try {
      return component.check();
    } catch (RuntimeException e) {
      return Check.failed("its check itself failed: " + e);
    }
  }

  private static int rank(Check check) {
    return switch (check) {
      case Check.Ok ignored -> 0;
      case Check.Degraded ignored -> 1;
      case Check.Failed ignored -> 2;
    };
  }

  private Future<Answer> metrics(Call call) {
    MetricText text = new MetricText();
    text.gauge("hologrid_component_status", "0 ok, 1 degraded, 2 failed; /health says why");
    for (Component each : components.get()) {
      text.sample("hologrid_component_status", "component", each.name(), rank(checkOf(each)));
    }
    for (Metrics each : metrics) {
      each.write(text);
    }
    return Future.succeededFuture(Answer.of(MetricText.TYPE, Buffer.buffer(text.toString())));
  }
}
