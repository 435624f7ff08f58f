package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a rate nothing is acknowledged at once, and nothing is lost. */
class RatesTest {
  @TempDir Path data;

  private Rig rig(EndpointConfig.Rates rates) throws Exception {
    EndpointConfig plain = EndpointConfig.defaults();
    EndpointConfig config =
        new EndpointConfig(
            plain.listen(),
            plain.entry(),
            plain.proxies(),
            null,
            plain.limits(),
            rates,
            plain.webSocket());
    return new Rig(data, config, new AnonymousGate(false), Subscriptions.none());
  }

  @Test
  void a_backlog_is_taken_more_slowly_and_not_refused() throws Exception {
    try (Rig rig = rig(new EndpointConfig.Rates(0, 0, 500, 0, 0, 0));
        RawClient client = new RawClient(rig.port(), 4)) {
      client.connect("d-1", true, 60);
      for (int i = 1; i <= 2000; i++) {
        client.publish(1, false, i, "hologrid/v1/smoke/d-1", Rig.n(i));
        client.flush();
      }
      for (int i = 1; i <= 2000; i++) {
        RawClient.Packet answer = client.next();
        assertThat(answer.type()).isEqualTo(RawClient.PUBACK);
        assertThat(answer.id()).isEqualTo(i);
      }
      // How much later depends on how much the system hands over in one go: PacesTest has the
      // times.
      assertThat(rig.numbers("d-1")).hasSize(2000);
      assertThat(rig.endpoint.refusals().slowed()).isPositive();
    }
  }

  @Test
  void a_fast_device_does_not_slow_another() throws Exception {
    try (Rig rig = rig(new EndpointConfig.Rates(0, 0, 10, 0, 0, 0));
        RawClient fast = new RawClient(rig.port(), 5);
        RawClient other = new RawClient(rig.port(), 5)) {
      fast.connect("d-1", true, 60);
      other.connect("d-2", true, 60);
      for (int i = 1; i <= 200; i++) {
        fast.publish(1, false, i, "hologrid/v1/smoke/d-1", Rig.n(i));
      }
      fast.flush();
      other.publish(1, false, 1, "hologrid/v1/smoke/d-2", Rig.n(1));
      other.flush();
      assertThat(other.next().type()).isEqualTo(RawClient.PUBACK);
      assertThat(rig.numbers("d-2")).containsExactly(1);
    }
  }

  @Test
  void too_many_connections_of_one_address_are_refused_with_the_reason() throws Exception {
    try (Rig rig = rig(new EndpointConfig.Rates(5, 0, 0, 0, 0, 0))) {
      int refused = 0;
      for (int i = 0; i < 20; i++) {
        try (RawClient client = new RawClient(rig.port(), 5)) {
          int code = client.connect("c-" + i, true, 60).code();
          assertThat(code).isIn(0, 0x9F);
          refused += code == 0 ? 0 : 1;
        }
      }
      assertThat(refused).isGreaterThanOrEqualTo(10);
      assertThat(rig.endpoint.refusals().refusals()).containsEntry("too-fast", (long) refused);
      try (RawClient elsewhere = RawClient.from("127.0.0.2", rig.port(), 5)) {
        assertThat(elsewhere.connect("c", true, 60).code()).isZero();
      }
    }
  }

  @Test
  void open_connections_of_one_address_are_counted() throws Exception {
    try (Rig rig = rig(new EndpointConfig.Rates(0, 2, 0, 0, 0, 0));
        RawClient one = new RawClient(rig.port(), 5);
        RawClient two = new RawClient(rig.port(), 4);
        RawClient three = new RawClient(rig.port(), 5);
        RawClient four = new RawClient(rig.port(), 4)) {
      assertThat(one.connect("1", true, 60).code()).isZero();
      assertThat(two.connect("2", true, 60).code()).isZero();
      assertThat(three.connect("3", true, 60).code()).isEqualTo(0x97);
      assertThat(four.connect("4", true, 60).code()).isEqualTo(3);
      one.close();
      Rig.await("one is gone", () -> rig.endpoint.connections() == 1);
      try (RawClient again = new RawClient(rig.port(), 5)) {
        assertThat(again.connect("5", true, 60).code()).isZero();
      }
    }
  }

  @Test
  void more_user_properties_than_anybody_needs_are_refused() throws Exception {
    try (Rig rig = rig(EndpointConfig.Rates.NONE);
        RawClient client = new RawClient(rig.port(), 5)) {
      client.connect("d-1", true, 60);
      java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
      body.write(new byte[] {0, 1, 'a', 17 * 7});
      for (int i = 0; i < 17; i++) {
        body.write(new byte[] {0x26, 0, 1, 'k', 0, 1, 'v'});
      }
      client.raw(new byte[] {0x30, (byte) body.size()});
      client.raw(body.toByteArray());
      RawClient.Packet last = client.next();
      assertThat(last.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(last.body()[0] & 0xFF).isEqualTo(0x97);
    }
  }
}
