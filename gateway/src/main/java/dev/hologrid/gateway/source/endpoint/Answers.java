package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Between the words of the gate and those of the protocol. */
final class Answers {
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
        certificate(endpoint.sslSession()));
  }

  private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
    if (session == null) {
      return null;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate found ? found : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
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
      case REVOKED -> MqttConnectReturnCode.CONNECTION_REFUSED_BANNED;
      case BAD_CLIENT_ID -> MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
      case ANONYMOUS, BAD_WILL, UNTRUSTED ->
          MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5;
    };
  }
}
