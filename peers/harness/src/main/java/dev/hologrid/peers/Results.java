package dev.hologrid.peers;

import java.util.List;
import java.util.Locale;

/** The rows as a table and as JSON. */
final class Results {
  static final String HEAD =
      String.format(
          "%-12s %-16s %16s %12s %13s %14s %8s  %s",
          "rule",
          "engine",
          "readings/s/core",
          "ns/reading",
          "bytes/device",
          "to best peer",
          "alerts",
          "identical");

  private Results() {}

  static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%-12s %-16s %,16.0f %,12.1f %,13d %14s %,8d  %s",
        row.rule().id(),
        row.engine().title,
        row.readingsPerSecond(),
        1e9 / row.readingsPerSecond(),
        row.bytesPerDevice(),
        Double.isNaN(row.ratio()) ? "" : String.format(Locale.ROOT, "%.2f x", row.ratio()),
        row.alerts(),
        row.identical() ? "yes" : "NO");
  }

  static String summary(List<Row> rows) {
    double[] ratios =
        rows.stream().mapToDouble(Row::ratio).filter(ratio -> !Double.isNaN(ratio)).toArray();
    if (ratios.length == 0) {
      return "No peer was measured beside.\n";
    }
    double logs = 0;
    double least = Double.MAX_VALUE;
    for (double ratio : ratios) {
      logs += Math.log(ratio);
      least = Math.min(least, ratio);
    }
    return String.format(
        Locale.ROOT,
        "To the best peer of the same run: %.2f x in the geometric mean of %d rules, %.2f x at least.%n"
            + "Flink CEP says the correlation and the sequence only: it has patterns, no windows or timers of their own.%n",
        Math.exp(logs / ratios.length),
        ratios.length,
        least);
  }

  static String json(List<Row> rows) {
    StringBuilder text = new StringBuilder("{\"rows\": [");
    String between = "\n  ";
    for (Row row : rows) {
      text.append(between)
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"rule\": \"%s\", \"engine\": \"%s\", \"readingsPerSecond\": %.0f, \"bytesPerDevice\": %d, ",
                  row.rule().id(),
                  row.engine().title,
                  row.readingsPerSecond(),
                  row.bytesPerDevice()));
      if (!Double.isNaN(row.ratio())) {
        text.append(String.format(Locale.ROOT, "\"ratioToBestPeer\": %.3f, ", row.ratio()));
      }
      text.append("\"identicalAlerts\": ").append(row.identical()).append('}');
      between = ",\n  ";
    }
    return text.append("\n]}\n").toString();
  }
}
