package dev.hologrid.gateway.http;

/** A part that has figures to show. Called from the event loop: cheap, never blocks. */
@FunctionalInterface
public interface Metrics {
  void write(MetricText out);
}
