package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.decode.Decoders;
import dev.hologrid.gateway.ingest.Books;
import dev.hologrid.gateway.ingest.Ingest;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The endpoint with everything behind it, on a free port. */
final class Rig implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final FileJournal journal;
  final Quarantine quarantine;
  final Ingest ingest;
  final MqttEndpointSource endpoint;
  final ReadingCodec codec = new ReadingCodec();

  Rig(Path data) throws Exception {
    this(data, EndpointConfig.defaults(), new AnonymousGate(false), Subscriptions.none());
  }

  Rig(Path data, EndpointConfig config, DeviceGate gate, Subscriptions subscriptions)
      throws Exception {
    JournalConfig kept = JournalConfig.defaults();
    journal = FileJournal.open("readings", data.resolve("readings"), kept);
    quarantine = new Quarantine(FileJournal.open("quarantine", data.resolve("quarantine"), kept));
    ingest = new Ingest(new Decoders(new Shapes(1000)), codec, journal, quarantine);
    endpoint =
        new MqttEndpointSource(
            vertx,
            config.withPort(0),
            gate,
            subscriptions,
            ingest,
            Clock.systemUTC(),
            dev.hologrid.gateway.audit.SecurityAudit.NONE);
    endpoint.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  String url() {
    return "tcp://127.0.0.1:" + endpoint.port();
  }

  int port() {
    return endpoint.port();
  }

  Books.Page books() {
    return ingest.books().page();
  }

  List<Reading> readings() {
    List<Reading> found = new ArrayList<>();
    try (Journal.Reader reader = journal.reader(0)) {
      while (reader.read(
              1000, (offset, record) -> found.addAll(codec.decode(offset, record).readings()))
          > 0) {
        // until the end
      }
    }
    return found;
  }

  /** Readings written by this device, as the number in {@code values.n}. */
  List<Integer> numbers(String device) {
    return readings().stream()
        .filter(each -> each.device().equals(device))
        .map(each -> (int) each.numbers()[each.shape().indexOf("n")])
        .toList();
  }

  static byte[] n(int n) {
    return ("{\"values\":{\"n\":" + n + "}}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    endpoint.close();
    ingest.close();
    journal.close();
    quarantine.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
