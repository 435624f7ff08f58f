package dev.hologrid.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A viewer of the live stream that costs next to nothing: one thread that reads lines. */
final class EventStream implements AutoCloseable {
  private final Socket socket;

  private EventStream(Socket socket) {
    this.socket = socket;
  }

  /** Connects, waits for the answer, and hands each line over from then on. */
  static EventStream open(URI http, String path, Consumer<String> line) throws IOException {
    Socket socket = new Socket(http.getHost(), http.getPort());
    socket.setTcpNoDelay(true);
    String ask = "GET " + path + " HTTP/1.1\r\nHost: " + http.getAuthority() + "\r\n\r\n";
    socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String status = lines.readLine();
    if (status == null || !status.contains(" 200 ")) {
      socket.close();
      throw new IOException("the live stream answered " + status);
    }
    Thread.ofPlatform().daemon().name("stream").start(() -> read(lines, line));
    return new EventStream(socket);
  }

  private static void read(BufferedReader lines, Consumer<String> line) {
    try {
      for (String each = lines.readLine(); each != null; each = lines.readLine()) {
        line.accept(each);
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
