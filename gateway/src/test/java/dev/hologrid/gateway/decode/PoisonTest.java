package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Shapes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads that a broken or hostile device might send: each is refused with its own reason. */
class PoisonTest {
  private static final String TOPIC = "hologrid/v1/smoke/sm-1";
  private static final long NOW = Golden.RECEIVED_AT;
  private final Decoder decoders = new Decoders(new Shapes(100));

  static Stream<Arguments> poison() {
    return Stream.of(
        poison("empty", "", Reason.NOT_JSON),
        poison("zeros", "\0\0\0\0", Reason.NOT_JSON),
        poison("cut off", "{\"values\":{\"a\":1", Reason.NOT_JSON),
        poison("two documents", "{\"values\":{\"a\":1}}{}", Reason.NOT_JSON),
        poison("NaN", "{\"values\":{\"a\":NaN}}", Reason.NOT_JSON),
        poison("too large a number", "{\"values\":{\"a\":1e400}}", Reason.OUT_OF_RANGE),
        poison("digits", "{\"values\":{\"a\":" + "1".repeat(1_000) + "}}", Reason.TOO_LARGE),
        poison("text", "{\"values\":{\"a\":\"" + "x".repeat(70_000) + "\"}}", Reason.TOO_LARGE),
        poison("deep", "{\"x\":" + "[".repeat(10_000), Reason.TOO_DEEP),
        poison("deep value", "{\"values\":{\"a\":" + "[".repeat(100), Reason.TOO_DEEP),
        poison("same metric", "{\"values\":{\"a\":1,\"a\":2}}", Reason.DUPLICATE_FIELD),
        poison("same ts", "{\"ts\":1,\"ts\":2,\"values\":{\"a\":1}}", Reason.DUPLICATE_FIELD),
        poison("values twice", "{\"values\":{\"a\":1},\"values\":{}}", Reason.DUPLICATE_FIELD),
        poison("many metrics", "{\"values\":{" + metrics(65) + "}}", Reason.TOO_MANY),
        poison("big batch", "[" + "{\"values\":{\"a\":1}},".repeat(1_001), Reason.TOO_MANY),
        poison("empty batch", "[]", Reason.MISSING_FIELD),
        poison("only null", "{\"values\":{\"a\":null}}", Reason.MISSING_FIELD),
        poison("bad name", "{\"values\":{\"a b\":1}}", Reason.BAD_NAME),
        poison("number", "7", Reason.WRONG_TYPE),
        poison("values number", "{\"values\":7}", Reason.WRONG_TYPE),
        poison("words for a number", "{\"values\":{\"obscuration\":\"high\"}}", Reason.WRONG_TYPE),
        poison("number in quotes", "{\"values\":{\"battery\":\"91\"}}", Reason.WRONG_TYPE),
        poison("yes for a number", "{\"values\":{\"temperature\":true}}", Reason.WRONG_TYPE),
        poison("negative time", "{\"ts\":-5,\"values\":{\"a\":1}}", Reason.BAD_TIME),
        poison(
            "local time", "{\"ts\":\"2026-11-23T22:40:30\",\"values\":{\"a\":1}}", Reason.BAD_TIME),
        Arguments.of("UTF-16", "{\"values\":{}}".getBytes(UTF_16LE), Reason.NOT_JSON),
        Arguments.of("not UTF-8", new byte[] {'"', (byte) 0xff, '"'}, Reason.INVALID_UTF8),
        Arguments.of(
            "overlong", new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}, Reason.INVALID_UTF8),
        Arguments.of(
            "surrogate",
            new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            Reason.INVALID_UTF8));
  }

  private static Arguments poison(String name, String text, Reason reason) {
    return Arguments.of(name, text.getBytes(UTF_8), reason);
  }

  private static String metrics(int count) {
    StringBuilder out = new StringBuilder("\"m0\":0");
    for (int i = 1; i < count; i++) {
      out.append(",\"m").append(i).append("\":0");
    }
    return out.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poison")
  void is_refused_with_its_reason(String name, byte[] payload, Reason reason) {
    assertThat(decoders.decode(TOPIC, payload, NOW))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(reason);
              assertThat(rejected.detail()).hasSizeLessThan(200).doesNotContain("\n");
            });
  }

  @Test
  void a_mark_at_the_start_of_utf8_is_no_harm() {
    byte[] payload = "\uFEFF{\"values\":{\"a\":1}}".getBytes(UTF_8);
    assertThat(decoders.decode(TOPIC, payload, NOW)).isInstanceOf(Decoded.Accepted.class);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "",
        "/",
        "hologrid/v1/",
        "hologrid/v1/smoke",
        "hologrid/v1/smoke/",
        "hologrid/v1/SMOKE/a",
        "hologrid/v1/smoke/a b",
        "hologrid/v1/smoke/a/b",
        "hologrid/v1/smoke/a/status/x",
        "$SYS/x"
      })
  void topics_of_another_form_are_refused(String topic) {
    assertThat(decoders.decode(topic, "{\"values\":{\"a\":1}}".getBytes(UTF_8), NOW))
        .isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void a_clock_that_cannot_be_right_is_replaced_and_marked() {
    for (long ts : new long[] {0, 5, 946_684_799_999L, NOW + 300_001, Long.MAX_VALUE}) {
      Decoded decoded = at(ts);
      assertThat(Golden.simple(decoded).toString())
          .contains("clock_suspect=true")
          .contains("ts=" + NOW);
    }
    assertThat(Golden.simple(at(NOW + 300_000)).toString()).doesNotContain("clock_suspect");
  }

  private Decoded at(long ts) {
    return decoders.decode(
        TOPIC, ("{\"ts\":" + ts + ",\"values\":{\"a\":1}}").getBytes(UTF_8), NOW);
  }
}
