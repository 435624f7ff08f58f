package dev.hologrid.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.mqtt.FrameReader;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.testing.Mosquitto;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
  @TempDir Path folder;

  @Test
  void a_patched_template_is_a_publish_as_the_wire_format_says() throws Exception {
    Template template = new Template(120);
    byte[] out = new byte[template.size()];
    template.put(out, 0, 42, 0x1234, 1_795_473_630_123L, 7);
    List<String> said = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new FrameReader() {
              @Override
              protected void packet(ChannelHandlerContext context, int header, ByteBuf body) {
                assertThat(header >> 4).isEqualTo(Packet.PUBLISH);
                int length = body.readUnsignedShort();
                said.add(body.readCharSequence(length, StandardCharsets.UTF_8).toString());
                assertThat(body.readUnsignedShort()).isEqualTo(0x1234);
                said.add(body.toString(StandardCharsets.UTF_8));
              }
            });
    channel.writeInbound(Unpooled.wrappedBuffer(out));
    assertThat(said.getFirst()).isEqualTo("hologrid/v1/smoke/ld-0000042");
    assertThat(said.get(1)).hasSize(120);
    JsonNode reading = new ObjectMapper().readTree(said.get(1));
    assertThat(reading.get("ts").asLong()).isEqualTo(1_795_473_630_123L);
    assertThat(reading.get("seq").asLong()).isEqualTo(1_000_000_007L);
    assertThat(reading.get("values").get("obscuration").asDouble()).isEqualTo(0.012);
    channel.finishAndReleaseAll();
  }

  @Test
  void a_real_broker_acknowledges_every_message_and_paho_receives_every_message() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      Server server = new Server("127.0.0.1", broker.port());
      LongAdder received = new LongAdder();
      PahoCounter.start(server, "hologrid/#", received);
      Load.Result result = run(server, 0, 3_000);
      assertThat(result.acked()).isEqualTo(3_000);
      assertThat(result.unacked()).isZero();
      dev.hologrid.simulator.testing.Await.until(
          Duration.ofSeconds(10), () -> received.sum() == 3_000);
    }
  }

  @Test
  void a_rate_is_kept_and_latency_counted_from_the_intended_time() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      Load.Result result = run(new Server("127.0.0.1", broker.port()), 2_000, 1_000);
      assertThat(result.acked()).isEqualTo(1_000);
      assertThat(result.seconds()).isBetween(0.4, 3.0);
      assertThat(result.latencyMicros().getTotalCount()).isEqualTo(1_000);
    }
  }

  private static Load.Result run(Server server, double rate, long count) throws Exception {
    LoadPlan plan =
        new LoadPlan(server, 5, 10, 50, 120, rate, count, Duration.ZERO, Duration.ofSeconds(30));
    try (Load load = new Load(plan, InstantSource.system())) {
      load.connect();
      return load.run();
    }
  }
}
