package dev.hologrid.gateway.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An account as one line of JSON, the way the file of accounts keeps it. */
final class AccountLine {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AccountLine() {}

  static String write(DeviceAccount account) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("device", account.device());
    node.put("kind", account.kind());
    account.topics().forEach(node.putArray("topics")::add);
    node.put("auth", account.proof().kind().word());
    switch (account.proof()) {
      case Proof.Secret secret ->
          node.put("key", secret.key()).put("salt", secret.salt()).put("hash", secret.hash());
      case Proof.Password password -> node.put("hash", password.hash());
      case Proof.Certificate certificate -> {}
    }
    node.put("at", Instant.ofEpochMilli(account.changedAt()).toString());
    node.put("by", account.by());
    if (account.revoked()) {
      node.put("revoked", true);
    }
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text can always be written", e);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IOException when it is none; an account that cannot be read must not be taken for one
   *     that is not there
   */
  static DeviceAccount read(String line) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(line);
      List<String> topics = new ArrayList<>();
      node.path("topics").forEach(each -> topics.add(each.asText()));
      Proof.Kind kind = Proof.Kind.valueOf(text(node, "auth").toUpperCase(Locale.ROOT));
      Proof proof =
          switch (kind) {
            case TOKEN ->
                new Proof.Secret(node.path("key").asText(), text(node, "salt"), text(node, "hash"));
            case PASSWORD -> new Proof.Password(text(node, "hash"));
            case CERTIFICATE -> new Proof.Certificate();
          };
      return new DeviceAccount(
          text(node, "device"),
          node.path("kind").asText(),
          topics,
          proof,
          Instant.parse(text(node, "at")).toEpochMilli(),
          node.path("by").asText(),
          node.path("revoked").asBoolean());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IOException("is no account: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String name) throws IOException {
    String text = node.path(name).asText("");
    if (text.isEmpty()) {
      throw new IOException("has no " + name);
    }
    return text;
  }
}
