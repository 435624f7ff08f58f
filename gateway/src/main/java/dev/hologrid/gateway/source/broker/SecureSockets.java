package dev.hologrid.gateway.source.broker;

import dev.hologrid.gateway.tls.Pem;
import dev.hologrid.gateway.tls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3 sockets without Nagle's delay, from PEM files. */
final class SecureSockets extends SSLSocketFactory {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private final SSLSocketFactory factory;

  private SecureSockets(SSLSocketFactory factory) {
    this.factory = factory;
  }

  static SecureSockets of(BrokerConfig.Tls tls) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(tls), Trust.in(tls.authority()), null);
    return new SecureSockets(context.getSocketFactory());
  }

  private static javax.net.ssl.KeyManager @Nullable [] keys(BrokerConfig.Tls tls)
      throws IOException, GeneralSecurityException {
    if (tls.certificate() == null || tls.key() == null) {
      return null;
    }
    KeyStore store = Pem.emptyStore();
    Certificate[] chain = Pem.certificates(tls.certificate()).toArray(Certificate[]::new);
    store.setKeyEntry("client", Pem.privateKey(tls.key()), IN_MEMORY, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private Socket ready(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    if (socket instanceof SSLSocket secure) {
      secure.setEnabledProtocols(PROTOCOLS);
    }
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return ready(factory.createSocket());
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean autoClose)
      throws IOException {
    return ready(factory.createSocket(below, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return ready(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return ready(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return ready(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return ready(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }
}
