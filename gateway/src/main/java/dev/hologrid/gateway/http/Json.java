package dev.hologrid.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** JSON of the interface: strict and bounded inwards, records outwards. */
final class Json {
  static final ObjectMapper MAPPER = mapper();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxNumberLength(64)
                .maxStringLength(1 << 20)
                .maxNameLength(256)
                .maxDocumentLength(8L << 20)
                .maxTokenCount(200_000)
                .build());
    return mapper;
  }

  static byte[] bytes(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + view.getClass(), e);
    }
  }

  static Buffer buffer(Object view) {
    return Buffer.buffer(bytes(view));
  }

  /** Reads a request's body. */
  static JsonNode read(Buffer body) {
    try {
      JsonNode node = MAPPER.readTree(body.getBytes());
      if (node == null || node.isMissingNode()) {
        throw Refused.badRequest("body", "the body is empty; send JSON");
      }
      return node;
    } catch (IOException e) {
      throw Refused.badRequest("body", "the body is not JSON that we take: " + firstLine(e));
    }
  }

  private static String firstLine(IOException e) {
    String text =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return text == null ? "unreadable" : text.lines().findFirst().orElse("unreadable");
  }

  static String time(long epochMillis) {
    return INSTANT.format(Instant.ofEpochMilli(epochMillis));
  }

  static String time(Instant at) {
    return INSTANT.format(at);
  }

  static @Nullable String timeOrNull(@Nullable Instant at) {
    return at == null ? null : INSTANT.format(at);
  }
}
