package dev.hologrid.simulator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.fleet.Payload;
import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.site.Csv;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a recording with its own event times. */
@Command(
    name = "replay",
    description =
        "Publishes a journal export (NDJSON) or a table (CSV with a mapping file) over MQTT.",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final int WINDOW = 500;

  @Parameters(description = "The recording: .csv, or NDJSON otherwise.")
  Path file = Path.of("journal.ndjson");

  @Option(
      names = "--mqtt",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "(default: ${DEFAULT-VALUE})")
  String mqtt = "mqtt://127.0.0.1:1883";

  @Option(names = "--mapping", description = "For CSV: which column means what (YAML).")
  @Nullable Path mapping;

  @Option(
      names = "--speed",
      defaultValue = "1",
      description = "10 plays ten seconds in one (default: ${DEFAULT-VALUE}).")
  double speed;

  @Option(names = "--as-fast-as-possible", description = "Leaves all pauses out.")
  boolean fast;

  private final Semaphore room = new Semaphore(WINDOW);
  private final AtomicLong acked = new AtomicLong();
  private long sent;
  private long firstTime = Long.MIN_VALUE;
  private long firstNanos;

  @Override
  public Integer call() throws Exception {
    Server server = Server.of(mqtt);
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (table() && mapping == null) {
      throw new IllegalArgumentException("a table needs --mapping FILE");
    }
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = group.next();
      Packet.Will will = new Packet.Will("hologrid/v1/replay/replay/status", "offline");
      String id = "replay-" + ProcessHandle.current().pid();
      Link link = new Link(loop, new Link.Terms(server, id, will, WINDOW), new Released());
      loop.execute(link::open);
      play(recorded -> publish(loop, link, recorded));
      boolean all = room.tryAcquire(WINDOW, 30, TimeUnit.SECONDS);
      loop.execute(link::close);
      System.out.printf("{\"sent\":%d,\"acked\":%d}%n", sent, acked.get());
      return all ? 0 : 1;
    }
  }

  private boolean table() {
    return file.toString().endsWith(".csv");
  }

  private interface Player {
    void play(Recorded recorded) throws InterruptedException;
  }

  private void play(Player player) throws IOException, InterruptedException {
    boolean table = table();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String header = table ? lines.readLine() : null;
      Mapping columns =
          mapping == null || header == null ? null : Mapping.read(mapping, Csv.fields(header));
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          player.play(
              columns == null
                  ? exported(json.readTree(line))
                  : columns.of(Csv.fields(line), number++));
        }
      }
    }
  }

  /** A line of {@code journal export}. */
  private static Recorded exported(JsonNode line) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : line.path("values").properties()) {
      JsonNode value = each.getValue();
      values.put(
          each.getKey(),
          value.isNumber()
              ? (Object) value.doubleValue()
              : value.isBoolean() ? (Object) value.booleanValue() : value.asText());
    }
    return new Recorded(
        line.path("kind").asText(),
        line.path("device").asText(),
        line.path("time").asLong(),
        values);
  }

  private void publish(EventLoop loop, Link link, Recorded recorded) throws InterruptedException {
    pause(recorded.time());
    room.acquire();
    long seq = ++sent;
    String topic = "hologrid/v1/" + recorded.kind() + "/" + recorded.device();
    Message message =
        new Message(
            recorded.device(),
            seq,
            recorded.time(),
            topic.getBytes(StandardCharsets.UTF_8),
            Payload.of(recorded.time(), seq, recorded.values()),
            false);
    loop.execute(() -> link.publish(message));
  }

  private void pause(long time) throws InterruptedException {
    if (firstTime == Long.MIN_VALUE) {
      firstTime = time;
      firstNanos = System.nanoTime();
    }
    if (!fast) {
      double due = (time - firstTime) * 1e6 / speed;
      long left = (long) due - (System.nanoTime() - firstNanos);
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    }
  }

  private final class Released implements Link.Listener {
    @Override
    public void up() {}

    @Override
    public void down() {}

    @Override
    public void sent(Message message, boolean again) {}

    @Override
    public void acked(Message message) {
      acked.incrementAndGet();
      room.release();
    }
  }
}
