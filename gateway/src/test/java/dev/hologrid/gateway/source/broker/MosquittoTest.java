package dev.hologrid.gateway.source.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.testing.HeldInbox;
import dev.hologrid.gateway.testing.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract on Debian's Mosquitto, and what needs a broker that stops and starts. */
@EnabledIf(
    value = "dev.hologrid.gateway.testing.Mosquitto#installed",
    disabledReason = "needs Mosquitto: apt-get install mosquitto")
class MosquittoTest extends BrokerContract {
  @TempDir static Path folder;
  private static Mosquitto mosquitto;

  @BeforeAll
  static void start() {
    mosquitto = Mosquitto.start(folder);
  }

  @AfterAll
  static void stop() {
    mosquitto.close();
  }

  @Override
  String url() {
    return mosquitto.url();
  }

  @Test
  void comes_back_after_the_broker_restarts() {
    HeldInbox inbox = HeldInbox.storing();
    BrokerSource source = source(config(), inbox);

    mosquitto.stop();
    HeldInbox.await("trouble", () -> source.check() instanceof Check.Degraded);
    mosquitto.start();
    HeldInbox.await("the source to come back", () -> source.check().equals(Check.ok()));

    publish(List.of("after"));
    inbox.awaitCount(1);
    assertThat(inbox.texts()).containsExactly("after");
  }

  @Test
  void a_dead_broker_degrades_the_check_and_is_found_when_it_comes(@TempDir Path other) {
    try (Mosquitto late = Mosquitto.stopped(other)) {
      HeldInbox inbox = HeldInbox.storing();
      BrokerConfig config =
          new BrokerConfig(
              URI.create(late.url()),
              List.of("#"),
              BrokerConfig.Session.of("early"),
              BrokerConfig.Login.none(),
              BrokerConfig.Tls.none(),
              Duration.ofMillis(400));
      BrokerSource source = started(config, inbox);
      HeldInbox.await("trouble", () -> source.check().why().contains("cannot connect"));

      late.start();

      HeldInbox.await("the source to connect", () -> source.check().equals(Check.ok()));
    }
  }

  @Test
  void a_refused_login_is_said(@TempDir Path other) {
    try (Mosquitto closed = Mosquitto.start(other, "password_file /dev/null")) {
      BrokerConfig config =
          new BrokerConfig(
              URI.create(closed.url()),
              List.of("#"),
              BrokerConfig.Session.of("refused"),
              new BrokerConfig.Login("nobody", new Secret("wrong")),
              BrokerConfig.Tls.none(),
              Duration.ofMillis(400));
      BrokerSource source = started(config, HeldInbox.storing());
      HeldInbox.await("trouble", () -> source.check().why().contains("cannot connect"));
      assertThat(source.check()).isInstanceOf(Check.Degraded.class);
      assertThat(source.check().why()).containsIgnoringCase("not auth");
    }
  }
}
