package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Too much at once, or connections that are no longer there. */
final class FloodFaults {
  private static final int CONNECT_ANSWER_MS = 5_000;

  /** Alerts that make a storm of a district with some three hundred devices. */
  private static final int STORM = 100;

  private FloodFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("F12", "alarm storm", List.of(), true, FloodFaults::storm),
        new Fault("F14", "floods of silent connections", List.of(), true, FloodFaults::flood),
        new Fault("F15", "half-open connections", List.of(), true, FloodFaults::halfOpen));
  }

  /** Every detector of the town alarms within a few seconds. */
  private static Row storm(Bench bench) throws IOException, InterruptedException {
    Path scenario = bench.folder().resolve("scenario.yml");
    String text = Files.readString(scenario);
    String all =
        text.replaceAll("(?m)^repeatEvery.*$", "repeatEvery: 1h")
            .replaceAll(
                // Once all are connected: who is not cannot alarm.
                "at: 500ms, what: storm, devices: 20, lasts: 3s",
                "at: 5s, what: storm, devices: 100000, lasts: 5s");
    Files.writeString(scenario, all);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.launch(bench.address());
    boolean stormy =
        Waiting.until(
            Duration.ofSeconds(60), () -> gateway.metric("hologrid_alerts_raised_total") >= STORM);
    bench.pause(bench.campaign().shortRun() ? 8_000 : 40_000);
    boolean well = stormy && bench.well(gateway, fleet);
    double alerts = gateway.metric("hologrid_alerts_raised_total");
    double incidents = gateway.metric("hologrid_incidents_opened_total");
    double p99 = gateway.labelled("hologrid_alert_latency_seconds", "0.99");
    return bench.row(
        "F12",
        1,
        well ? 1 : 0,
        gateway,
        "%.0f alerts in %.0f incidents, p99 %.0f ms".formatted(alerts, incidents, p99 * 1000));
  }

  /** Connections that say nothing, half a CONNECT, or half a request, all at once. */
  private static Row flood(Bench bench) throws IOException, InterruptedException {
    int each = bench.campaign().rounds(2_000, 300);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    double before = gateway.residentMiB();
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < each; i++) {
        crowd.add(open(bench.port()));
        Socket dripping = open(bench.port());
        dripping.getOutputStream().write(new byte[] {0x10, 0x40, 0, 4, 'M'});
        crowd.add(dripping);
        Socket asking = open(gateway.http().getPort());
        asking.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        crowd.add(asking);
      }
      boolean during = bench.well(gateway, fleet);
      int closed = 0;
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      for (Socket socket : crowd) {
        closed += closes(socket, end) ? 1 : 0;
      }
      double grown = gateway.residentMiB() - before;
      boolean well = during && closed == crowd.size() && bench.well(gateway, fleet);
      return bench.row(
          "F14",
          crowd.size(),
          well ? crowd.size() : Math.min(closed, crowd.size() - 1),
          gateway,
          "%d of %d closed; memory grew by %.0f MiB".formatted(closed, crowd.size(), grown));
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    return socket;
  }

  /** Whether the server closes it before then. */
  private static boolean closes(Socket socket, long end) throws IOException {
    try {
      while (System.nanoTime() < end) {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** Peers that vanish without a word: noticed by keep-alive, and taken over by their return. */
  private static Row halfOpen(Bench bench) throws IOException, InterruptedException {
    int silent = bench.campaign().rounds(200, 30);
    GatewayProcess gateway = bench.gateway();
    try (Proxy proxy = Proxy.to(bench.port())) {
      Child fleet = bench.fleet("mqtt://127.0.0.1:" + proxy.port());
      List<Socket> asleep = new ArrayList<>();
      int closed = 0;
      try {
        for (int i = 0; i < silent; i++) {
          asleep.add(connected(bench.port(), "asleep-" + i, 2));
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        for (Socket socket : asleep) {
          closed += closes(socket, end) ? 1 : 0;
        }
      } finally {
        for (Socket socket : asleep) {
          socket.close();
        }
      }
      int survived = 0;
      int rounds = bench.campaign().rounds(10, 2);
      for (int i = 0; i < rounds; i++) {
        proxy.hold(true);
        bench.pause(1_500);
        proxy.vanish();
        proxy.hold(false);
        survived += bench.well(gateway, fleet) ? 1 : 0;
      }
      bench.endFleets();
      return bench.row(
          "F15",
          silent + rounds,
          closed + survived,
          gateway,
          "%d of %d silent peers closed".formatted(closed, silent));
    }
  }

  /** A client that has been let in and says nothing more. */
  private static Socket connected(int port, String id, int keepAlive) throws IOException {
    Socket socket = open(port);
    ByteBuf hello = Unpooled.buffer();
    Packet.connect(hello, id, keepAlive, null);
    socket.getOutputStream().write(hello.array(), 0, hello.readableBytes());
    socket.setSoTimeout(CONNECT_ANSWER_MS);
    byte[] answer = socket.getInputStream().readNBytes(4);
    if (answer.length < 4 || answer[3] != 0) {
      throw new IOException("not let in");
    }
    return socket;
  }
}
