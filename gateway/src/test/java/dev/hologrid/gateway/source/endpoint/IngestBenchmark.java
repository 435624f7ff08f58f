package dev.hologrid.gateway.source.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Acknowledged QoS 1 messages a second with JSON decode and fsync, load generator in the same
 * process: {@code IngestBenchmark FOLDER CONNECTIONS WINDOW SECONDS}. Not run by default.
 */
final class IngestBenchmark {
  private IngestBenchmark() {}

  public static void main(String[] args) throws Exception {
    int connections = Integer.parseInt(args[1]);
    int window = Integer.parseInt(args[2]);
    int seconds = Integer.parseInt(args[3]);
    LongAdder acknowledged = new LongAdder();
    try (Rig rig = new Rig(Files.createDirectories(Path.of(args[0])))) {
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        String device = "d-" + i;
        senders.add(Thread.ofVirtual().start(() -> send(rig.port(), device, window, acknowledged)));
      }
      long before = 0;
      for (int i = 0; i < seconds; i++) {
        Thread.sleep(1_000);
        long now = acknowledged.sum();
        System.out.println((now - before) + " msg/s, " + rig.books());
        before = now;
      }
      senders.forEach(Thread::interrupt);
    }
    System.exit(0);
  }

  private static void send(int port, String device, int window, LongAdder acknowledged) {
    byte[] payload =
        "{\"ts\":1790000000000,\"values\":{\"obscuration\":0.08,\"temperature\":24.1,\"battery\":91}}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (RawClient client = new RawClient(port, 4)) {
      client.connect(device, true, 60);
      int id = 1;
      int open = 0;
      while (!Thread.currentThread().isInterrupted()) {
        while (open < window) {
          client.publish(1, false, id, "hologrid/v1/smoke/" + device, payload);
          id = id == 60_000 ? 1 : id + 1;
          open++;
        }
        client.flush();
        for (int i = 0; i < Math.max(1, window / 2); i++) {
          client.next();
          open--;
          acknowledged.increment();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
