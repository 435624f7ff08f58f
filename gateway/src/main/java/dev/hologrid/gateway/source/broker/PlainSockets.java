package dev.hologrid.gateway.source.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the socket of one link, and acknowledges on it. */
final class PlainSockets extends SocketFactory {
  private volatile @Nullable AckedSocket newest;

  /** Acknowledges a message of the link's connection; does nothing when that has ended. */
  void acknowledge(int packetId) {
    AckedSocket socket = newest;
    if (socket != null) {
      socket.acknowledge(packetId);
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    AckedSocket socket = new AckedSocket();
    newest = socket;
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new java.net.InetSocketAddress(local, localPort));
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }
}
