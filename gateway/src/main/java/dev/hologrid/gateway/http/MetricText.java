package dev.hologrid.gateway.http;

import java.util.Map;
import java.util.TreeMap;

/** Metrics in Prometheus' text format. Not for two threads. */
public final class MetricText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private final StringBuilder out = new StringBuilder(4096);

  /** Begins a metric that only rises; its samples follow. */
  public MetricText counter(String name, String help) {
    return head(name, help, "counter");
  }

  /** Begins a metric that rises and falls; its samples follow. */
  public MetricText gauge(String name, String help) {
    return head(name, help, "gauge");
  }

  /** Begins a metric of quantiles; its samples follow. */
  public MetricText summary(String name, String help) {
    return head(name, help, "summary");
  }

  private MetricText head(String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(escape(help, false)).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  public MetricText sample(String name, double value) {
    return sample(name, Map.of(), value);
  }

  public MetricText sample(String name, String label, String labelValue, double value) {
    return sample(name, Map.of(label, labelValue), value);
  }

  public MetricText sample(String name, Map<String, String> labels, double value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{');
      String between = "";
      for (Map.Entry<String, String> each : new TreeMap<>(labels).entrySet()) {
        out.append(between).append(each.getKey()).append("=\"");
        out.append(escape(each.getValue(), true)).append('"');
        between = ",";
      }
      out.append('}');
    }
    out.append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escape(String text, boolean quotes) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quotes ? escaped.replace("\"", "\\\"") : escaped;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
