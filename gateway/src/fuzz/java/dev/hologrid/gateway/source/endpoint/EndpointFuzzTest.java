package dev.hologrid.gateway.source.endpoint;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes of MQTT clients; {@code ./hologrid fuzz}. */
class EndpointFuzzTest {
  @FuzzTest
  void packets(byte[] bytes) {
    FuzzedEndpoint.packets(bytes);
  }

  @FuzzTest
  void webSocket(byte[] bytes) {
    FuzzedEndpoint.webSocket(bytes);
  }

  /** Through a real socket of this machine, which is no finding. */
  @FuzzTest
  void connection(byte[] bytes) {
    BugDetectors.allowNetworkConnections(
        (host, port) -> host.equals("localhost") || host.equals("127.0.0.1"));
    FuzzedEndpoint.connection(bytes);
  }
}
