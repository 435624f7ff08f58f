package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.testing.Certificates;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transport security: who is trusted, by what, and how certificates are changed. */
class SecureDoorTest {
  @TempDir static Path folder;
  private static Certificates certificates;

  @BeforeAll
  static void certificates() throws Exception {
    certificates =
        new Certificates(folder.resolve("certificates"))
            .authority("city")
            .authority("stranger")
            .signed("server", "localhost", "city", "365")
            .signed("sm-1", "sm-1", "city", "365")
            .signed("false", "sm-1", "stranger", "365");
  }

  private static Map<String, String> settings(boolean required) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("mqtt.devices", "reject");
    settings.put("mqtt.tls.certificate", certificates.pem("server", "pem").toString());
    settings.put("mqtt.tls.key", certificates.pem("server", "key").toString());
    settings.put("mqtt.tls.client-authority", certificates.root("city").toString());
    settings.put("mqtt.tls.client-required", String.valueOf(required));
    settings.put("mqtt.tls.port", "0");
    return settings;
  }

  private static int code(int port, String own, String user, String password) {
    try {
      SSLSocketFactory sockets = certificates.sockets("city", own);
      try (RawClient raw = new RawClient(sockets.createSocket("127.0.0.1", port), 5)) {
        return user.isEmpty()
            ? raw.connect("c", true, 60).code()
            : raw.connectAs("c", user, password).code();
      }
    } catch (IOException e) {
      return -1; // not even a CONNACK
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_certificate_of_the_authority_proves_the_device() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(folder.resolve("a"), settings(true))) {
      int port = gateway.gateway().mqttSecurePort();
      assertThat(code(port, "sm-1", "", "")).as("not provisioned").isEqualTo(0x86);
      gateway.api().post("/api/v1/devices", "{\"id\":\"sm-1\",\"auth\":\"certificate\"}");
      gateway.api().post("/api/v1/devices", "{\"id\":\"sm-2\",\"auth\":\"certificate\"}");
      assertThat(code(port, "sm-1", "", "")).isZero();
      assertThat(code(port, "sm-1", "sm-2", "x")).as("as another").isNotZero();
      assertThat(code(port, "false", "", "")).as("another authority's").isEqualTo(-1);
      assertThat(code(port, null, "", "")).as("none").isEqualTo(-1);
      gateway.api().delete("/api/v1/devices/sm-1/credentials");
      assertThat(code(port, "sm-1", "", "")).as("revoked").isEqualTo(0x8A);
    }
  }

  @Test
  void where_a_certificate_may_be_shown_a_secret_will_do_too() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(folder.resolve("b"), settings(false))) {
      String made = gateway.api().post("/api/v1/devices", "{\"id\":\"sm-1\"}").body();
      String secret = made.replaceAll(".*\"secret\":\"([^\"]+)\".*", "$1");
      int port = gateway.gateway().mqttSecurePort();
      assertThat(code(port, null, "sm-1", secret)).isZero();
      assertThat(code(port, "sm-1", "", "")).isZero();
      assertThat(code(port, null, "", "")).isEqualTo(0x87);
    }
  }

  @Test
  void a_certificate_is_changed_without_a_restart_and_a_bad_one_is_told() throws Exception {
    certificates.signed("changing", "localhost", "city", "365");
    Map<String, String> settings = settings(false);
    settings.put("mqtt.tls.certificate", certificates.pem("changing", "pem").toString());
    settings.put("mqtt.tls.key", certificates.pem("changing", "key").toString());
    try (RunningGateway gateway = RunningGateway.in(folder.resolve("c"), settings)) {
      int port = gateway.gateway().mqttSecurePort();
      BigInteger before = serial(port);
      try (Socket open = certificates.sockets("city", null).createSocket("127.0.0.1", port)) {
        certificates.signed("changing", "localhost", "city", "20");
        Rig.await("the new certificate", () -> !serial(port).equals(before));
        assertThat(open.isConnected()).isTrue();
      }
      Rig.await("the warning", () -> why(gateway).contains("days, on"));
      BigInteger now = serial(port);
      java.nio.file.Files.writeString(certificates.pem("changing", "key"), "nonsense");
      Rig.await("the complaint", () -> why(gateway).contains("the former stays"));
      assertThat(serial(port)).isEqualTo(now);
    }
  }

  /** A handshake that is resumed asks nobody for trust, and an open connection neither. */
  @Test
  void a_revoked_certificate_ends_its_connections_and_does_not_come_back() throws Exception {
    certificates.signed("sm-7", "sm-7", "city", "365").signed("sm-8", "sm-8", "city", "365");
    Map<String, String> settings = settings(true);
    settings.put("mqtt.devices", "open");
    settings.put("mqtt.tls.revoked", certificates.revoked("city").toString());
    try (RunningGateway gateway = RunningGateway.in(folder.resolve("d"), settings)) {
      int port = gateway.gateway().mqttSecurePort();
      SSLSocketFactory seventh = certificates.sockets("city", "sm-7");
      SSLSocketFactory eighth = certificates.sockets("city", "sm-8");
      try (RawClient one = new RawClient(seventh.createSocket("127.0.0.1", port), 5);
          RawClient other = new RawClient(eighth.createSocket("127.0.0.1", port), 5)) {
        assertThat(one.connect("one", true, 60).code()).isZero();
        assertThat(other.connect("other", true, 60).code()).isZero();
        certificates.revoked("city", "sm-7");
        RawClient.Packet last = one.next();
        assertThat(last.type()).isEqualTo(RawClient.DISCONNECT);
        assertThat(last.body()[0] & 0xFF).as("administrative action").isEqualTo(0x98);
        assertThat(again(seventh, port)).isNotZero();
        assertThat(again(eighth, port)).isZero();
      }
    }
  }

  private static int again(SSLSocketFactory sockets, int port) {
    try (RawClient raw = new RawClient(sockets.createSocket("127.0.0.1", port), 5)) {
      return raw.connect("again", true, 60).code();
    } catch (IOException e) {
      return -1; // not even a CONNACK
    }
  }

  private static String why(RunningGateway gateway) {
    return gateway.gateway().components().stream()
        .filter(each -> each.name().equals("endpoint"))
        .map(each -> each.check())
        .map(Check::why)
        .findFirst()
        .orElseThrow();
  }

  private static BigInteger serial(int port) {
    try (SSLSocket socket =
        (SSLSocket) certificates.sockets("city", null).createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    } catch (Exception e) {
      return BigInteger.valueOf(-1);
    }
  }
}
