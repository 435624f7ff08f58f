package dev.hologrid.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.simulator.district.DistrictGenerator;
import dev.hologrid.simulator.district.DistrictPlan;
import dev.hologrid.simulator.ledger.Ledger;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.site.Sensor;
import dev.hologrid.simulator.site.Site;
import dev.hologrid.simulator.testing.Await;
import dev.hologrid.simulator.testing.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fleet against a real broker. */
class FleetTest {
  private static final Site SITE = DistrictGenerator.generate(DistrictPlan.of("0.02", 3));
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void the_cast_is_the_same_for_a_seed() {
    assertThat(Fleet.cast(SITE, scenario(5, 0.5))).isEqualTo(Fleet.cast(SITE, scenario(5, 0.5)));
    assertThat(Fleet.cast(SITE, scenario(5, 0.5))).isNotEqualTo(Fleet.cast(SITE, scenario(6, 0.5)));
  }

  @Test
  void every_device_connects_and_everything_sent_is_acknowledged() throws Exception {
    Path book = folder.resolve("ledger.ndjson");
    Queue<Scenario.What> told = new ConcurrentLinkedQueue<>();
    try (Mosquitto broker = Mosquitto.start(folder);
        Ledger ledger = Ledger.open(book)) {
      Account account = new Account(ledger, InstantSource.system());
      try (Fleet fleet = fleet(broker, account)) {
        fleet.start((what, cast, place) -> told.add(what));
        Await.until(
            SOON,
            () ->
                account.progress().connected() == fleet.size()
                    && told.size() >= 2
                    && account.progress().acked() > 3L * fleet.size());
        assertThat(fleet.drain(Duration.ofSeconds(5))).isZero();
        assertThat(account.progress().unacked()).isZero();
      }
    }
    List<String> lines = Files.readAllLines(book);
    assertThat(lines.stream().filter(l -> l.startsWith("{\"sent\"")).count())
        .isEqualTo(lines.stream().filter(l -> l.startsWith("{\"acked\"")).count());
    assertThat(told).contains(Scenario.What.FIRE, Scenario.What.FORCED_DOOR);
  }

  @Test
  void devices_come_back_after_a_broker_restart_and_send_again_what_was_not_acknowledged()
      throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        Ledger ledger = Ledger.none()) {
      Account account = new Account(ledger, InstantSource.system());
      try (Fleet fleet = fleet(broker, account)) {
        fleet.start((what, cast, place) -> {});
        Await.until(SOON, () -> account.progress().connected() == fleet.size());
        broker.restart();
        long before = account.progress().acked();
        Await.until(
            SOON,
            () ->
                account.progress().connected() == fleet.size()
                    && account.progress().acked() > before + fleet.size());
        assertThat(fleet.drain(Duration.ofSeconds(5))).isZero();
        assertThat(account.progress().unacked()).isZero();
      }
    }
  }

  private static Fleet fleet(Mosquitto broker, Account account) {
    return new Fleet(
        SITE,
        scenario(5, 1),
        new Server("127.0.0.1", broker.port()),
        account,
        InstantSource.system(),
        1);
  }

  private static Scenario scenario(long seed, double share) {
    Duration often = Duration.ofMillis(200);
    return new Scenario(
        seed,
        share,
        5_000,
        Map.of("smoke", often, "camera", often, "access", often),
        Duration.ofMillis(20),
        null,
        List.of(
            new Scenario.Happening(
                Duration.ofMillis(100), Scenario.What.FIRE, null, 2, Duration.ofSeconds(5)),
            new Scenario.Happening(
                Duration.ofMillis(900),
                Scenario.What.FORCED_DOOR,
                null,
                1,
                Duration.ofSeconds(5))));
  }

  @Test
  void the_full_rate_is_the_sum_over_kinds() {
    List<Sensor> cast = Fleet.cast(SITE, scenario(5, 1));
    assertThat(Fleet.routineRate(cast, scenario(5, 1))).isEqualTo(cast.size() * 5.0);
  }
}
