package dev.hologrid.gateway.source.endpoint;

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

  @FuzzTest
  void connection(byte[] bytes) {
    FuzzedEndpoint.connection(bytes);
  }
}
