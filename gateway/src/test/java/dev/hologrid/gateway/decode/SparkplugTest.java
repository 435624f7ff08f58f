package dev.hologrid.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/** A Sparkplug edge node's life, told by its messages. */
class SparkplugTest {
  private static final long NOW = Golden.RECEIVED_AT;
  private static final long TS = NOW - 5_000;

  private final List<String> rebirths = new ArrayList<>();
  private final Decoder decoder =
      new Decoders(
          new Shapes(100),
          Profiles.shipped(),
          (group, node, now) -> rebirths.add(Rebirth.topic(group, node)));

  @Test
  void a_birth_says_what_aliases_mean_and_that_the_device_is_online() {
    born();

    assertThat(send("DDATA", "smoke-1", payload(2).addMetrics(alias(7).setBooleanValue(true))))
        .isEqualTo("[{device=east:edge:smoke-1, kind=smoke, ts=" + TS + ", values={smoke=true}}]");
    assertThat(rebirths).isEmpty();
  }

  @Test
  void births_carry_values_and_online() {
    send("NBIRTH", null, payload(0).addMetrics(bdSeq(3)));
    String born =
        send(
            "DBIRTH",
            "smoke-1",
            payload(1)
                .addMetrics(metric("smoke").setDatatype(11).setAlias(7).setBooleanValue(false))
                .addMetrics(metric("Inputs/Temp C").setDatatype(9).setFloatValue(24.1f))
                .addMetrics(metric("below").setDatatype(2).setIntValue(65_516))
                .addMetrics(metric("label").setDatatype(12).setStringValue("hall"))
                .addMetrics(metric("gone").setDatatype(9).setIsNull(true)));

    assertThat(born)
        .contains("below=-20.0, inputs_temp_c=24.1, label=hall, smoke=false")
        .contains("values={online=true}")
        .doesNotContain("gone");
  }

  @Test
  void an_alias_that_no_birth_told_is_refused_and_a_rebirth_asked_for_once() {
    for (int seq = 4; seq < 8; seq++) {
      assertThat(send("DDATA", "smoke-1", payload(seq).addMetrics(alias(7).setBooleanValue(true))))
          .isEqualTo("reject UNKNOWN_ALIAS");
    }
    assertThat(rebirths).containsExactly("spBv1.0/east/NCMD/edge");
  }

  @Test
  void a_gap_in_the_sequence_asks_for_a_rebirth_and_loses_nothing() {
    born();

    assertThat(send("DDATA", "smoke-1", payload(9).addMetrics(alias(7).setBooleanValue(true))))
        .contains("smoke=true");
    assertThat(rebirths).hasSize(1);
  }

  @Test
  void the_sequence_goes_on_after_255() {
    send("NBIRTH", null, payload(255).addMetrics(bdSeq(3)));
    send("NDATA", null, payload(0).addMetrics(metric("load").setDatatype(10).setDoubleValue(0.5)));
    assertThat(rebirths).isEmpty();
  }

  @Test
  void a_node_takes_its_devices_with_it_unless_the_death_is_an_old_one() {
    born();

    assertThat(send("NDEATH", null, Payload.newBuilder().addMetrics(bdSeq(2)))).isEqualTo("[]");
    assertThat(send("NDEATH", null, Payload.newBuilder().addMetrics(bdSeq(3))))
        .contains("device=east:edge, kind=sparkplug", "device=east:edge:smoke-1, kind=smoke")
        .doesNotContain("online=true");
  }

  @Test
  void historical_values_keep_their_own_time() {
    born();

    String out =
        send(
            "DDATA",
            "smoke-1",
            payload(2)
                .addMetrics(
                    alias(7).setBooleanValue(true).setTimestamp(TS - 60_000).setIsHistorical(true))
                .addMetrics(alias(7).setBooleanValue(false)));

    assertThat(out)
        .contains("ts=" + (TS - 60_000) + ", values={smoke=true}")
        .contains("ts=" + TS + ", values={smoke=false}");
  }

  @Test
  void what_is_no_sparkplug_is_refused_with_a_reason() {
    assertThat(plain("spBv1.0/east/DDATA/edge/smoke-1", new byte[] {(byte) 0xff, 1, 2}))
        .isEqualTo("reject BAD_FRAME");
    assertThat(plain("spBv1.0/east/DDATA/edge", new byte[0])).isEqualTo("reject UNKNOWN_TOPIC");
    assertThat(plain("spBv1.0/east/NSOMETHING/edge", new byte[0]))
        .isEqualTo("reject UNKNOWN_TOPIC");
    assertThat(plain("spBv1.0/STATE/host", "{\"online\":true}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("[]");
    assertThat(plain("spBv1.0/east/NCMD/edge", new byte[0])).isEqualTo("[]");
  }

  @Test
  void the_command_asks_for_a_rebirth() throws Exception {
    Metric asked = Payload.parseFrom(Rebirth.payload(NOW)).getMetrics(0);
    assertThat(asked.getName()).isEqualTo("Node Control/Rebirth");
    assertThat(asked.getDatatype()).isEqualTo(DataType.Boolean_VALUE);
    assertThat(asked.getBooleanValue()).isTrue();
  }

  private void born() {
    send("NBIRTH", null, payload(0).addMetrics(bdSeq(3)));
    send(
        "DBIRTH",
        "smoke-1",
        payload(1).addMetrics(metric("smoke").setDatatype(11).setAlias(7).setBooleanValue(false)));
  }

  private String send(String type, String device, Payload.Builder payload) {
    String topic = "spBv1.0/east/" + type + "/edge" + (device == null ? "" : "/" + device);
    return plain(topic, payload.build().toByteArray());
  }

  private String plain(String topic, byte[] payload) {
    return Golden.simple(decoder.decode(topic, payload, NOW)).toString();
  }

  private static Payload.Builder payload(int seq) {
    return Payload.newBuilder().setTimestamp(TS).setSeq(seq);
  }

  private static Metric.Builder metric(String name) {
    return Metric.newBuilder().setName(name);
  }

  private static Metric.Builder alias(long alias) {
    return Metric.newBuilder().setAlias(alias);
  }

  private static Metric.Builder bdSeq(long number) {
    return metric("bdSeq").setDatatype(4).setLongValue(number);
  }
}
