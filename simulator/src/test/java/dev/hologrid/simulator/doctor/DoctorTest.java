package dev.hologrid.simulator.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.process.MosquittoProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void a_mosquitto_says_and_shows_what_it_can_do() throws Exception {
    assumeTrue(MosquittoProcess.installed(), "mosquitto is not installed");
    try (MosquittoProcess broker = MosquittoProcess.start(folder)) {
      BrokerReport report = BrokerReport.of(broker.server(), null, null);
      Map<String, String> facts =
          report.facts().stream()
              .collect(Collectors.toMap(BrokerReport.Fact::name, BrokerReport.Fact::value));
      assertThat(facts)
          .containsEntry("MQTT 3.1.1", "yes")
          .containsEntry("MQTT 5", "yes")
          .containsEntry("maximum QoS", "2")
          .containsEntry("subscribes at QoS 1", "yes, QoS 1")
          .containsEntry("subscribes in a group", "yes, QoS 1");
      assertThat(facts.get("acknowledges within")).contains("200 messages");
      assertThat(report.fit()).isTrue();
    }
  }

  @Test
  void nobody_there_is_said_at_once() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> BrokerReport.of(new Server("127.0.0.1", port), null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }
}
