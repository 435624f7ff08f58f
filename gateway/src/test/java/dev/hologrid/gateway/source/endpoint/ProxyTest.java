package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy that says by the PROXY protocol whom it speaks for. */
class ProxyTest {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  @TempDir Path data;

  private static int code(int port, byte[] header) {
    try {
      Socket socket = new Socket("127.0.0.1", port);
      socket.getOutputStream().write(header);
      try (RawClient raw = new RawClient(socket, 5)) {
        return raw.connect("c", true, 60).code();
      }
    } catch (IOException e) {
      return -1;
    }
  }

  private static byte[] text(String header) {
    return header.getBytes(StandardCharsets.US_ASCII);
  }

  /** Version 2, TCP over IPv4. */
  private static byte[] binary(int... source) {
    byte[] out = new byte[28];
    System.arraycopy(SIGNATURE, 0, out, 0, 12);
    out[12] = 0x21;
    out[13] = 0x11;
    out[15] = 12;
    for (int i = 0; i < 4; i++) {
      out[16 + i] = (byte) source[i];
      out[20 + i] = (byte) (i == 0 ? 127 : i == 3 ? 1 : 0);
    }
    out[24] = 0x20;
    out[26] = 0x07;
    return out;
  }

  @Test
  void the_address_that_a_trusted_proxy_names_is_the_client_s() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data, Map.of("mqtt.proxies", "127.0.0.1"))) {
      int port = gateway.gateway().mqttPort();
      assertThat(code(port, text("PROXY TCP4 127.0.0.9 127.0.0.1 4000 1883\r\n"))).isZero();
      assertThat(code(port, text("PROXY TCP4 203.0.113.9 127.0.0.1 4000 1883\r\n")))
          .as("open is for this machine, and that is not it")
          .isEqualTo(0x87);
      assertThat(code(port, binary(127, 0, 0, 9))).isZero();
      assertThat(code(port, binary(203, 0, 113, 9))).isEqualTo(0x87);
    }
  }

  @Test
  void nobody_else_may_name_an_address() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data, Map.of("mqtt.proxies", "192.0.2.1"))) {
      assertThat(
              code(
                  gateway.gateway().mqttPort(),
                  text("PROXY TCP4 127.0.0.9 127.0.0.1 4000 1883\r\n")))
          .isEqualTo(0x87);
    }
  }
}
