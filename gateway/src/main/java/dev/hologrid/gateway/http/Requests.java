package dev.hologrid.gateway.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered, by operation and kind of answer. */
final class Requests implements Metrics {
  private record Key(String operation, String status) {}

  private final Map<Key, LongAdder> answered = new ConcurrentHashMap<>();

  void count(Operation operation, int status) {
    answered
        .computeIfAbsent(new Key(operation.id(), status / 100 + "xx"), ignored -> new LongAdder())
        .increment();
  }

  @Override
  public void write(MetricText out) {
    out.counter("hologrid_http_requests_total", "Requests answered");
    answered.forEach(
        (key, count) ->
            out.sample(
                "hologrid_http_requests_total",
                new TreeMap<>(Map.of("operation", key.operation(), "status", key.status())),
                (double) count.sum()));
  }
}
