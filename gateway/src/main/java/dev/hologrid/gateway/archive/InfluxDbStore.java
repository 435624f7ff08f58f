package dev.hologrid.gateway.archive;

import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.FluxRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** InfluxDB 2: the measurement is the kind, the tag the device. */
final class InfluxDbStore implements Store {
  private final ArchiveConfig config;
  private final LineWriter writer;

  InfluxDbStore(ArchiveConfig config, String url) {
    this.config = config;
    this.writer = new LineWriter(url, config);
  }

  @Override
  public Lines.Dialect dialect() {
    return Lines.Dialect.INFLUXDB;
  }

  @Override
  public void open() throws IOException {
    if (!writer.client().ping()) {
      throw new IOException("InfluxDB does not answer a ping");
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
    List<Point> numbers = flux(query, Lines.column(query.metric(), false));
    return Thinning.thin(
        numbers.isEmpty() ? flux(query, Lines.column(query.metric(), true)) : numbers, query);
  }

  private List<Point> flux(Query query, String field) throws IOException {
    String flux =
        """
        from(bucket: %s) |> range(start: %s, stop: %s)
        |> filter(fn: (r) => r._measurement == %s and r.device == %s and r._field == %s)
        """
            .formatted(
                quoted(config.bucket()),
                Instant.ofEpochMilli(query.from()),
                Instant.ofEpochMilli(query.to()),
                quoted(query.kind()),
                quoted(query.device()),
                quoted(field));
    try {
      List<Point> points = new ArrayList<>();
      for (var table : writer.client().getQueryApi().query(flux, config.organization())) {
        for (FluxRecord each : table.getRecords()) {
          Instant time = each.getTime();
          Object value = each.getValue();
          if (time != null && value != null) {
            points.add(
                new Point(
                    time.toEpochMilli(),
                    value instanceof Number number ? (Object) number.doubleValue() : value));
          }
        }
      }
      points.sort(Comparator.comparingLong(Point::time));
      return points;
    } catch (InfluxException e) {
      throw new IOException("InfluxDB could not answer: " + e.getMessage(), e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void close() {
    writer.close();
  }
}
