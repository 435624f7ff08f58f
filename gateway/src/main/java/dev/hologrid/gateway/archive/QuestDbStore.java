package dev.hologrid.gateway.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** QuestDB, embedded unless it has a URL: a table per kind, a column per metric. */
final class QuestDbStore implements Store {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArchiveConfig config;
  private final Path folder;
  private final HttpAsk http = new HttpAsk();
  private volatile @Nullable EmbeddedQuestDb embedded;
  private volatile @Nullable LineWriter writer;
  private volatile String url = "";

  QuestDbStore(ArchiveConfig config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  @Override
  public Lines.Dialect dialect() {
    return Lines.Dialect.QUESTDB;
  }

  @Override
  public void open() throws IOException {
    if (writer != null) {
      return;
    }
    if (config.url() == null) {
      EmbeddedQuestDb server = EmbeddedQuestDb.start(folder, config.port());
      embedded = server;
      url = server.url();
    } else {
      url = config.url().toString();
    }
    writer = new LineWriter(url, config);
  }

  @Override
  public void prepare(String kind) throws IOException {
    HttpAsk.Answer answer =
        exec(
            "CREATE TABLE IF NOT EXISTS \""
                + kind
                + "\" (timestamp TIMESTAMP, device SYMBOL CAPACITY 8192, seq LONG, part LONG)"
                + " TIMESTAMP(timestamp) PARTITION BY DAY WAL"
                + " DEDUP UPSERT KEYS(timestamp, device, seq, part)");
    if (answer.status() != 200) {
      throw new IOException("the table " + kind + " could not be made: " + answer.body());
    }
  }

  @Override
  public void write(String lines) throws Refused, IOException {
    LineWriter open = writer;
    if (open == null) {
      throw new IOException("QuestDB is not up yet");
    }
    open.write(lines);
  }

  private HttpAsk.Answer exec(String sql) throws IOException {
    return http.get(url + "/exec", "query", sql);
  }

  @Override
  public List<Point> read(Query query) throws IOException {
    if (writer == null) {
      throw new IOException("QuestDB is not up yet");
    }
    List<Point> numbers = select(query, Lines.column(query.metric(), false), false);
    return numbers.isEmpty() ? select(query, Lines.column(query.metric(), true), true) : numbers;
  }

  private List<Point> select(Query query, String column, boolean text) throws IOException {
    String where =
        "FROM \"%s\" WHERE device = '%s' AND timestamp >= '%s' AND timestamp < '%s' AND \"%s\" IS NOT NULL"
            .formatted(
                query.kind().replace("\"", ""),
                query.device().replace("'", "''"),
                Instant.ofEpochMilli(query.from()),
                Instant.ofEpochMilli(query.to()),
                column);
    long span = Math.max(1, query.to() - query.from());
    int most = Math.max(2, query.points());
    // one more than wanted tells whether there are too many
    List<Point> raw =
        rows(
            "SELECT timestamp, \""
                + column
                + "\" "
                + where
                + " LIMIT "
                + (text ? "-" : "")
                + (most + (text ? 0 : 1)),
            1);
    if (text || raw.size() <= most) {
      return raw;
    }
    long step = Math.max(1, span * 2 / most);
    return rows(
        "SELECT timestamp, min(\"%s\") low, max(\"%s\") high %s SAMPLE BY %dT"
            .formatted(column, column, where, step),
        2);
  }

  private List<Point> rows(String sql, int values) throws IOException {
    HttpAsk.Answer answer = exec(sql);
    if (answer.status() == 400
        && (answer.body().contains("does not exist") || answer.body().contains("Invalid column"))) {
      return List.of();
    }
    if (answer.status() != 200) {
      throw new IOException("QuestDB said " + answer.status() + ": " + answer.body());
    }
    List<Point> points = new ArrayList<>();
    for (JsonNode row : JSON.readTree(answer.body()).path("dataset")) {
      long time = Instant.parse(row.get(0).asText()).toEpochMilli();
      for (int i = 1; i <= values; i++) {
        JsonNode value = row.get(i);
        boolean repeat = i > 1 && value.equals(row.get(i - 1));
        if (!value.isNull() && !repeat) {
          points.add(
              new Point(time, value.isNumber() ? (Object) value.asDouble() : value.asText()));
        }
      }
    }
    return points;
  }

  @Override
  public void close() {
    LineWriter open = writer;
    if (open != null) {
      open.close();
    }
    EmbeddedQuestDb server = embedded;
    if (server != null) {
      server.close();
    }
  }
}
