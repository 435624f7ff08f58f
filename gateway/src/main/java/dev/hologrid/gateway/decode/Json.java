package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The one JSON parser's limits, and what its complaints mean to a device's maker. */
final class Json {
  static final int MAX_DEPTH = 32;
  private static final String NOT_UTF8 = "the payload is not valid UTF-8; encode text as UTF-8";
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
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** For whole documents; refuses duplicate names by itself. */
  private static final ObjectReader TREES =
      new ObjectMapper(
              FACTORY.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * A parser of UTF-8. Jackson would guess UTF-16 from zero bytes at the start; no JSON in UTF-8
   * has these.
   */
  static JsonParser parser(byte[] payload) throws IOException, RejectedPayload {
    checkEncoding(payload);
    return FACTORY.createParser(payload);
  }

  /** The document as a tree; a payload without any JSON gives a missing node. */
  static JsonNode tree(byte[] payload) throws IOException, RejectedPayload {
    checkEncoding(payload);
    return TREES.readTree(payload);
  }

  /** The payload as text, when it is valid UTF-8. */
  static String text(byte[] payload) throws RejectedPayload {
    if (!validUtf8(payload)) {
      throw new RejectedPayload(Reason.INVALID_UTF8, NOT_UTF8);
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  private static void checkEncoding(byte[] payload) throws RejectedPayload {
    if (!validUtf8(payload)) {
      throw new RejectedPayload(Reason.INVALID_UTF8, NOT_UTF8);
    }
    for (int i = 0; i < Math.min(4, payload.length); i++) {
      if (payload[i] == 0) {
        throw new RejectedPayload(
            Reason.NOT_JSON, "the payload begins with zero bytes; JSON is sent in UTF-8");
      }
    }
  }

  static Decoded.Rejected refusal(byte[] payload, IOException e) {
    if (!validUtf8(payload)) {
      return new Decoded.Rejected(Reason.INVALID_UTF8, NOT_UTF8);
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
    if (String.valueOf(e.getMessage()).startsWith("Duplicate field")) {
      return new Decoded.Rejected(
          Reason.DUPLICATE_FIELD, "a name is there twice in one object; send each once");
    }
    String where = "";
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      where = " at byte " + json.getLocation().getByteOffset();
    }
    return new Decoded.Rejected(
        Reason.NOT_JSON, "the payload is not JSON" + where + "; see docs/wire-format");
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
