package dev.hologrid.gateway.source.broker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets without Nagle's delay and with buffered input. Paho reads a packet byte by byte and asks
 * {@code available()} for each.
 */
final class PlainSockets extends SocketFactory {
  private static final int BUFFER = 64 << 10;

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new BufferedSocket();
    socket.setTcpNoDelay(true);
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

  private static final class BufferedSocket extends Socket {
    private @Nullable InputStream buffered;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (buffered == null) {
        buffered = new Buffered(super.getInputStream());
      }
      return buffered;
    }
  }

  private static final class Buffered extends BufferedInputStream {
    Buffered(InputStream in) {
      super(in, BUFFER);
    }

    /** What needs no system call; Paho only wants to know whether it is in the middle of things. */
    @Override
    public synchronized int available() {
      return count - pos;
    }
  }
}
