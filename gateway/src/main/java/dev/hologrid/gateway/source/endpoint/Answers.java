package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Between the words of the gate and those of the protocol. */
final class Answers {
  private static final X509Certificate[] NONE = {};

  private Answers() {}

  static DeviceGate.Hello hello(MqttEndpoint endpoint) {
    MqttAuth auth = endpoint.auth();
    InetSocketAddress from =
        new InetSocketAddress(
            endpoint.remoteAddress().hostAddress(), endpoint.remoteAddress().port());
    InetAddress address = from.getAddress();
    return new DeviceGate.Hello(
        endpoint.clientIdentifier(),
        auth == null ? null : auth.getUsername(),
        auth == null ? null : auth.getPassword(),
        address == null ? "" : address.getHostAddress(),
        address != null && address.isLoopbackAddress(),
        certificate(endpoint));
  }

  private static @Nullable X509Certificate certificate(MqttEndpoint endpoint) {
    X509Certificate[] shown = certificates(endpoint);
    return shown.length == 0 ? null : shown[0];
  }

  /** What the client showed, its own certificate first; none without mutual TLS. */
  static X509Certificate[] certificates(MqttEndpoint endpoint) {
    SSLSession session = endpoint.sslSession();
    if (session == null) {
      return NONE;
    }
    try {
      Certificate[] shown = session.getPeerCertificates();
      return Arrays.copyOf(shown, shown.length, X509Certificate[].class);
    } catch (SSLPeerUnverifiedException | ArrayStoreException e) {
      return NONE;
    }
  }

  static MqttConnectReturnCode refusal(MqttEndpoint endpoint, DeviceGate.Refusal why) {
    if (endpoint.protocolVersion() < 5) {
      return switch (why) {
        case WRONG_CREDENTIALS ->
            MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
        case TOO_FAST, TOO_MANY -> MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
        case BAD_CLIENT_ID -> MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
        default -> MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
      };
    }
    return switch (why) {
      case WRONG_CREDENTIALS -> MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD;
      case TOO_FAST, LOCKED_OUT ->
          MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED;
      case TOO_MANY, TOO_LARGE -> MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED;
      case NO_SUCH_METHOD -> MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD;
      case REVOKED, NOT_TRUSTED -> MqttConnectReturnCode.CONNECTION_REFUSED_BANNED;
      case BAD_CLIENT_ID -> MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
      case ANONYMOUS, BAD_WILL, UNTRUSTED ->
          MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5;
    };
  }
}
