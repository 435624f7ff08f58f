package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an idle device keeps of the heap: 20,000 of them are to fit beside everything else. */
class ConnectionMemoryTest {
  private static final int CROWD = 1_000;

  /** Both ends are in this heap; the client's is a channel of about half a kilobyte. */
  private static final long MOST_BYTES = 7_500;

  @TempDir Path data;

  @Test
  void an_idle_connection_costs_no_more_than_seven_kilobytes() throws Exception {
    List<SocketChannel> clients = new ArrayList<>();
    try (Rig rig = new Rig(data)) {
      connect(rig, clients, "warm", 100); // classes and caches are nobody's in particular
      long before = live();
      connect(rig, clients, "sm", CROWD);
      long after = live();
      assertThat((after - before) / CROWD).isBetween(1_000L, MOST_BYTES);
      assertThat(rig.endpoint.connections()).isEqualTo(CROWD + 100);
      assertThat(rig.endpoint.unconnected()).isZero();
    } finally {
      for (SocketChannel each : clients) {
        each.close();
      }
    }
  }

  private static void connect(Rig rig, List<SocketChannel> clients, String name, int count)
      throws Exception {
    InetSocketAddress there = new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port());
    int before = rig.endpoint.connections();
    for (int i = 0; i < count; i++) {
      String client = name + "-" + i;
      SocketChannel channel = SocketChannel.open(there);
      clients.add(channel);
      ByteBuffer packet = ByteBuffer.wrap(hello(client));
      while (packet.hasRemaining()) {
        channel.write(packet);
      }
    }
    Rig.await("all stand", () -> rig.endpoint.connections() == before + count);
  }

  /** Clean, keep-alive 300 s, with a will, as devices have. */
  private static byte[] hello(String client) {
    return new PacketWriter()
        .utf8("MQTT")
        .u8(4)
        .u8(0x0E)
        .u16(300)
        .utf8(client)
        .utf8("hologrid/v1/smoke/" + client + "/status")
        .utf8("offline")
        .packet(0x10);
  }

  /** Bytes in use once nothing more goes. */
  private static long live() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
