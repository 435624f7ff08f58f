package dev.hologrid.gateway.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** VictoriaMetrics, single node: the series {@code kind_metric{device}}. */
final class VictoriaMetricsStore implements Store {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpAsk http = new HttpAsk();
  private final String url;
  private final LineWriter writer;

  VictoriaMetricsStore(ArchiveConfig config, String url) {
    this.url = url;
    this.writer = new LineWriter(url, config);
  }

  @Override
  public Lines.Dialect dialect() {
    return Lines.Dialect.VICTORIA_METRICS;
  }

  @Override
  public void open() throws IOException {
    if (http.get(url + "/health").status() != 200) {
      throw new IOException("VictoriaMetrics at " + url + " is not healthy");
    }
  }

  @Override
  public void write(String lines) throws Refused, IOException {
    writer.write(lines);
  }

  @Override
  public boolean reconnected() {
    return writer.reconnected();
  }

  @Override
  public List<Point> read(Query query) throws IOException {
    List<Point> numbers = export(query, false);
    return Thinning.thin(numbers.isEmpty() ? export(query, true) : numbers, query);
  }

  private List<Point> export(Query query, boolean text) throws IOException {
    String series =
        "{__name__=%s,device=%s}"
            .formatted(
                quoted(query.kind() + "_" + Lines.column(query.metric(), text)),
                quoted(query.device()));
    HttpAsk.Answer answer =
        http.get(
            url + "/api/v1/export",
            "match[]",
            series,
            "start",
            String.valueOf(query.from() / 1000.0),
            "end",
            String.valueOf((query.to() - 1) / 1000.0));
    if (answer.status() != 200) {
      throw new IOException("VictoriaMetrics said " + answer.status() + ": " + answer.body());
    }
    List<Point> points = new ArrayList<>();
    for (String line : answer.body().lines().toList()) {
      JsonNode node = JSON.readTree(line);
      for (int i = 0; i < node.path("values").size(); i++) {
        Object value =
            text
                ? node.path("metric").path("text").asText()
                : (Object) node.path("values").get(i).asDouble();
        points.add(new Point(node.path("timestamps").get(i).asLong(), value));
      }
    }
    points.sort(Comparator.comparingLong(Point::time));
    return points;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void close() {
    writer.close();
  }
}
