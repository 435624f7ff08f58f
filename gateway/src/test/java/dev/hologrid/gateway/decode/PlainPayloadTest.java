package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The short way and the complete parser say the same of every payload. */
class PlainPayloadTest {
  private static final String TOPIC = "hologrid/v1/smoke/sm-1";
  private static final long NOW = Golden.RECEIVED_AT;

  private final HoloGridDecoder decoder = new HoloGridDecoder(new Shapes(1_000));

  private static Stream<Arguments> payloads() {
    return Stream.concat(
        Golden.all().stream().map(each -> Arguments.of(each.topic(), each.payload())),
        PoisonTest.poison().map(each -> Arguments.of(TOPIC, each.get()[1])));
  }

  private static String exact(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Rejected rejected -> rejected.toString();
      case Decoded.Accepted accepted ->
          accepted.readings().stream().map(PlainPayloadTest::exact).toList().toString();
    };
  }

  private static String exact(Reading reading) {
    long[] bits = Arrays.stream(reading.numbers()).mapToLong(Double::doubleToRawLongBits).toArray();
    return reading.device()
        + reading.shape()
        + reading.time()
        + ' '
        + reading.receivedAt()
        + ' '
        + reading.index()
        + Arrays.toString(bits)
        + Arrays.toString(reading.texts());
  }

  private void same(String topic, byte[] payload) {
    String complete = exact(decoder.decodeAll(topic, payload, NOW));
    // Now its shape is known, if it has one.
    assertThat(exact(decoder.decode(topic, payload, NOW)))
        .as("%s", new String(payload, UTF_8))
        .isEqualTo(complete);
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void golden_and_poison(String topic, byte[] payload) {
    same(topic, payload);
  }

  @Test
  void the_usual_payload_takes_the_short_way() {
    PlainShapes shapes = new PlainShapes();
    PlainPayload plain = new PlainPayload(shapes);
    byte[] payload =
        "{\"ts\": \"2026-11-23T22:40:30.123Z\", \"values\": {\"obscuration\": 0.08, \"smoke\": false,"
            .concat(" \"event\": \"granted\"}, \"seq\": 7}")
            .getBytes(UTF_8);
    assertThat(plain.read("smoke", "sm-1", payload, NOW)).as("not learned yet").isNull();
    Decoded.Accepted complete = (Decoded.Accepted) decoder.decodeAll(TOPIC, payload, NOW);
    shapes.learn(complete.readings().getFirst().shape());
    List<Reading> read = plain.read("smoke", "sm-1", payload, NOW);
    assertThat(read).isNotNull();
    assertThat(exact(new Decoded.Accepted(read))).isEqualTo(exact(complete));
  }

  @Test
  void changed_payloads() {
    Random random = new Random(20261124);
    List<byte[]> seeds =
        Stream.of(
                "{\"ts\":1795473600000,\"values\":{\"a\":1.25,\"b\":true,\"c\":\"x\"}}",
                "{\"values\":{\"a\":-0.001,\"b\":false},\"seq\":12,\"ts\":\"2026-11-23T22:40:30Z\"}",
                "[{\"values\":{\"a\":1}},{\"ts\":1795473600123,\"values\":{\"a\":2e3}}]",
                "{\"values\":{\"a\":0,\"b\":-0,\"c\":-0.0,\"d\":123456789012345}}",
                "{\"ts\":\"2024-02-29T23:59:59.999999999Z\",\"values\":{\"a\":0.1}}")
            .map(each -> each.getBytes(UTF_8))
            .toList();
    seeds.forEach(each -> same(TOPIC, each));
    String letters = "{}[]\",:.0123456789eE+-TZ \\ntfabc\u0000\u00e9";
    for (int i = 0; i < 50_000; i++) {
      byte[] payload = seeds.get(random.nextInt(seeds.size())).clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        payload[random.nextInt(payload.length)] =
            (byte) letters.charAt(random.nextInt(letters.length()));
      }
      if (random.nextInt(10) == 0) {
        payload = Arrays.copyOf(payload, random.nextInt(payload.length));
      }
      same(TOPIC, payload);
    }
  }

  @Test
  void numbers() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      text.append(
          random.nextInt(3) == 0
              ? "0"
              : Long.toString(random.nextLong(1L << random.nextInt(1, 62))));
      if (random.nextBoolean()) {
        text.append('.');
        for (int places = random.nextInt(1, 12); places > 0; places--) {
          text.append(random.nextInt(10));
        }
      }
      same(TOPIC, ("{\"values\":{\"a\":" + text + "}}").getBytes(UTF_8));
    }
  }

  @Test
  void dates() {
    Random random = new Random(8);
    for (int i = 0; i < 50_000; i++) {
      String date =
          String.format(
              "%04d-%02d-%02dT%02d:%02d:%02d%sZ",
              random.nextInt(1969, 2030),
              random.nextInt(14),
              random.nextInt(33),
              random.nextInt(26),
              random.nextInt(62),
              random.nextInt(62),
              random.nextBoolean() ? "" : "." + random.nextInt(1_000_000));
      same(TOPIC, ("{\"ts\":\"" + date + "\",\"values\":{\"a\":1}}").getBytes(UTF_8));
    }
  }
}
