package dev.hologrid.gateway.http;

import dev.hologrid.gateway.stream.LiveStream;

/** The live stream's figures. */
record StreamMetrics(LiveStream stream) implements Metrics {
  @Override
  public void write(MetricText out) {
    out.gauge("hologrid_stream_clients", "Viewers of the live stream")
        .sample("hologrid_stream_clients", stream.clients());
    out.counter("hologrid_stream_published_total", "Live events published")
        .sample("hologrid_stream_published_total", (double) stream.published());
    out.counter("hologrid_stream_dropped_total", "Frames dropped for slow viewers")
        .sample("hologrid_stream_dropped_total", (double) stream.dropped());
    out.counter("hologrid_stream_refused_total", "Viewers turned away for their number")
        .sample("hologrid_stream_refused_total", (double) stream.refused());
  }
}
