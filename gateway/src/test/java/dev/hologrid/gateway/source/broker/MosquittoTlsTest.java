package dev.hologrid.gateway.source.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.testing.Certificates;
import dev.hologrid.gateway.testing.HeldInbox;
import dev.hologrid.gateway.testing.Mosquitto;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a Mosquitto that speaks TLS alone, wants a certificate of everybody and a
 * password besides; and what certificates bring that plain connections do not have.
 */
@EnabledIf(
    value = "dev.hologrid.gateway.testing.Mosquitto#installed",
    disabledReason = "needs Mosquitto: apt-get install mosquitto")
class MosquittoTlsTest extends BrokerContract {
  private static final Secret PASSWORD = new Secret("correct horse battery");
  @TempDir static Path folder;
  private static Certificates certificates;
  private static Mosquitto mosquitto;

  @BeforeAll
  static void start() throws Exception {
    certificates =
        new Certificates(folder.resolve("tls"))
            .authority("grid")
            .authority("stranger")
            .signed("broker", "broker", "grid", "30")
            .signed("gateway", "gateway", "grid", "30")
            .signed("foreign", "gateway", "stranger", "30");
    certificates.root("grid");
    certificates.root("stranger");
    Path people = folder.resolve("people");
    Files.writeString(people, "hologrid:" + PASSWORD.reveal() + "\n");
    Process hash = new ProcessBuilder("mosquitto_passwd", "-U", people.toString()).start();
    assertThat(hash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    mosquitto =
        Mosquitto.start(folder.resolve("broker"), tls("broker") + "password_file " + people);
  }

  private static String tls(String certificate) {
    return String.join(
        "\n",
        "cafile " + certificates.pem("grid", "pem"),
        "certfile " + certificates.pem(certificate, "pem"),
        "keyfile " + certificates.pem(certificate, "key"),
        "require_certificate true",
        "");
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Override
  String url() {
    return mosquitto.url().replace("tcp:", "ssl:");
  }

  @Override
  BrokerConfig.Login login() {
    return new BrokerConfig.Login("hologrid", PASSWORD);
  }

  @Override
  BrokerConfig.Tls tls() {
    return own("grid", "gateway");
  }

  private static BrokerConfig.Tls own(String authority, String certificate) {
    return new BrokerConfig.Tls(
        certificates.pem(authority, "pem"),
        certificates.pem(certificate, "pem"),
        certificates.pem(certificate, "key"));
  }

  @Override
  SocketFactory sockets() throws Exception {
    return certificates.sockets("grid", "gateway");
  }

  private BrokerSource at(
      String url, BrokerConfig.Tls tls, HeldInbox inbox, BrokerConfig.Version v) {
    BrokerConfig.Session session = BrokerConfig.Session.of("tls-" + v);
    return started(
        new BrokerConfig(
            URI.create(url),
            List.of("#"),
            new BrokerConfig.Session(
                v,
                session.clientId(),
                "",
                1,
                session.receiveMaximum(),
                session.expiry(),
                session.keepAlive()),
            login(),
            tls,
            Duration.ofMillis(300)),
        inbox);
  }

  /** Both versions of the protocol say the same of what is wrong. */
  private void troubled(String url, BrokerConfig.Tls tls, String why) {
    for (BrokerConfig.Version each : BrokerConfig.Version.values()) {
      BrokerSource source = at(url, tls, HeldInbox.storing(), each);
      HeldInbox.await(
          each + " to say: " + why + ", not " + source.check().why(),
          () -> source.check().why().contains(why));
      assertThat(source.check()).isInstanceOf(Check.Degraded.class);
      source.close();
    }
  }

  @Test
  void a_broker_whom_nobody_vouches_for_is_not_spoken_to() {
    troubled(url(), own("stranger", "gateway"), "set broker.tls.authority");
  }

  @Test
  void a_broker_that_does_not_take_our_certificate_is_said() {
    troubled(url(), own("grid", "foreign"), "our certificate");
  }

  @Test
  void a_certificate_for_another_name_is_refused(@TempDir Path other) throws Exception {
    int port = mosquitto.port();
    try (Mosquitto elsewhere =
        Mosquitto.start(other, "listener " + port + " 127.0.0.2\n" + tls("broker"))) {
      assertThat(elsewhere.port()).isNotEqualTo(port);
      troubled("ssl://127.0.0.2:" + port, tls(), "is for another name");
    }
  }

  @Test
  void an_ended_certificate_is_refused_and_a_new_one_taken_without_a_restart(@TempDir Path other)
      throws Exception {
    certificates.ended("ended", "broker", "grid");
    try (Mosquitto broker = Mosquitto.start(other, tls("ended"))) {
      String url = broker.url().replace("tcp:", "ssl:");
      HeldInbox inbox = HeldInbox.storing();
      BrokerSource source = at(url, tls(), inbox, BrokerConfig.Version.V5);
      HeldInbox.await("the reason", () -> source.check().why().contains("certificate has ended"));

      for (String kind : new String[] {"pem", "key"}) {
        Files.copy(
            certificates.pem("broker", kind),
            certificates.pem("ended", kind),
            StandardCopyOption.REPLACE_EXISTING);
      }
      broker.stop();
      broker.start();
      HeldInbox.await("the source to connect", () -> source.check().equals(Check.ok()));
    }
  }

  @Test
  void our_own_files_may_change_without_a_restart(@TempDir Path other) throws Exception {
    Certificates changing = new Certificates(other).authority("own").signed("us", "us", "own", "9");
    changing.root("own");
    BrokerConfig.Tls tls =
        new BrokerConfig.Tls(
            certificates.pem("grid", "pem"), changing.pem("us", "pem"), changing.pem("us", "key"));
    BrokerSource source = at(url(), tls, HeldInbox.storing(), BrokerConfig.Version.V5);
    HeldInbox.await("the reason", () -> source.check().why().contains("our certificate"));

    for (String kind : new String[] {"pem", "key"}) {
      Files.copy(
          certificates.pem("gateway", kind),
          changing.pem("us", kind),
          StandardCopyOption.REPLACE_EXISTING);
    }
    HeldInbox.await("the source to connect", () -> source.check().equals(Check.ok()));
  }
}
