package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The one JSON parser's limits, and what its complaints mean to a device's maker. */
final class Json {
  static final int MAX_DEPTH = 32;
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .maxStringLength(64 << 10)
                  .maxNameLength(256)
                  .maxTokenCount(100_000)
                  .build())
          .build();

  private Json() {}

  static Decoded.Rejected refusal(byte[] payload, IOException e) {
    if (!validUtf8(payload)) {
      return new Decoded.Rejected(
          Reason.INVALID_UTF8, "the payload is not valid UTF-8; encode text as UTF-8");
    }
    if (e instanceof StreamConstraintsException) {
      String message = String.valueOf(e.getMessage());
      return message.contains("depth")
          ? new Decoded.Rejected(
              Reason.TOO_DEEP, "the payload is nested deeper than " + MAX_DEPTH + " levels")
          : new Decoded.Rejected(
              Reason.TOO_LARGE,
              "a number is longer than 64 digits, a string than 64 KiB or a name than 256 characters");
    }
    String where = "";
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      where = " at byte " + json.getLocation().getByteOffset();
    }
    return new Decoded.Rejected(
        Reason.NOT_JSON,
        "the payload is not JSON"
            + where
            + "; expected {\"values\":{…}} or an array of such objects");
  }

  /** Strictly: overlong forms and lone surrogates are refused too. */
  static boolean validUtf8(byte[] payload) {
    boolean ascii = true;
    for (byte each : payload) {
      if (each < 0) {
        ascii = false;
        break;
      }
    }
    if (ascii) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
