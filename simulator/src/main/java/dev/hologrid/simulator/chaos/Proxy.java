package dev.hologrid.simulator.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that loses what it is told to lose. Safe for use by many threads; each connection has
 * two virtual ones.
 */
final class Proxy implements AutoCloseable {
  private static final int CHUNK = 16 << 10;
  private static final int BACKLOG = 4_096;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean swallowing;
  private volatile boolean holding;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Socket> ghosts = ConcurrentHashMap.newKeySet();

  private Proxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static Proxy to(int port) throws IOException {
    Proxy proxy = new Proxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().name("proxy").start(proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Takes the gateway's answers and passes none on. */
  void swallowAnswers(boolean on) {
    swallowing = on;
  }

  /** Passes nothing on in either direction and closes nothing: the peer seems asleep. */
  void hold(boolean on) {
    holding = on;
  }

  /** Closes all connections on both sides. */
  void cut() {
    open.forEach(Proxy::shut);
  }

  /** The clients' side is closed and the gateway's stays open: to it, they are still there. */
  void vanish() {
    ghosts.addAll(clients);
    clients.removeAll(ghosts);
    ghosts.forEach(Proxy::shut);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket client) {
    try {
      Socket gateway = new Socket();
      open.add(client);
      clients.add(client);
      open.add(gateway);
      gateway.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
      client.setTcpNoDelay(true);
      gateway.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(gateway, client, true));
      pump(client, gateway, false);
    } catch (IOException e) {
      shut(client);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        while (holding && !server.isClosed()) {
          java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
        }
        if (!(answers && swallowing) && !ghosts.contains(to)) {
          out.write(chunk, 0, count);
        }
      }
    } catch (IOException e) {
      // one side is gone, so is the other now
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shut(from);
    if (!ghosts.contains(from)) {
      shut(to);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
