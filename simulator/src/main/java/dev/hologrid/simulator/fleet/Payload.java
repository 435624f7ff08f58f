package dev.hologrid.simulator.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Readings as docs/wire-format/README.md says. */
public final class Payload {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final int DIGITS = 3;

  private Payload() {}

  /** One reading; {@code values} holds numbers, booleans and strings. */
  public static byte[] of(long time, long seq, Map<String, Object> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("ts", time);
      json.writeNumberField("seq", seq);
      json.writeObjectFieldStart("values");
      for (Map.Entry<String, Object> each : values.entrySet()) {
        json.writeFieldName(each.getKey());
        value(json, each.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number ->
          json.writeNumber(
              BigDecimal.valueOf(number)
                  .setScale(DIGITS, RoundingMode.HALF_EVEN)
                  .stripTrailingZeros());
      default -> json.writeString(value.toString());
    }
  }
}
