package dev.hologrid.simulator.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A stream client by its socket alone. */
final class Viewer {
  private static final int TINY = 1024;

  private Viewer() {}

  static Socket thatNeverReads(URI gateway) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(TINY);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    String request = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
