package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.decode.Names;
import dev.hologrid.gateway.source.endpoint.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an account.
 *
 * @param kind the one kind the device may publish as; empty for any
 * @param topics further topic filters
 * @param password for a proof by password; null otherwise
 */
public record AccountRequest(
    String device, String kind, List<String> topics, Proof.Kind proof, @Nullable String password) {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 128;
  private static final int MOST_TOPICS = 16;

  public AccountRequest {
    topics = List.copyOf(topics);
  }

  @Override
  public String toString() {
    return "AccountRequest[" + device + ", " + kind + ", " + topics + ", " + proof + "]";
  }

  /** Looks at everything; nothing has happened when it throws. */
  void check() {
    if (!Names.validDevice(device)) {
      throw AccountRefused.wrong(
          "id", "a device id is 1 to 64 of A-Z, a-z, 0-9, '.', '_', ':' and '-'");
    }
    if (!kind.isEmpty() && !Names.validKind(kind)) {
      throw AccountRefused.wrong(
          "kind", "a kind is 1 to 32 of a-z, 0-9, _ and -, and begins with a letter");
    }
    if (topics.size() > MOST_TOPICS) {
      throw AccountRefused.wrong("topics", "a device has at most " + MOST_TOPICS + " topics");
    }
    for (String each : topics) {
      if (!TopicFilter.valid(each) || each.startsWith("$") || each.startsWith("hologrid/")) {
        throw AccountRefused.wrong(
            "topics",
            "a topic is a filter such as zigbee2mqtt/#, not within hologrid/ and without $");
      }
    }
    if (proof != Proof.Kind.PASSWORD && password != null) {
      throw AccountRefused.wrong("password", "is for auth: password only");
    }
    if (proof == Proof.Kind.PASSWORD
        && (password == null || password.length() < SHORTEST || password.length() > LONGEST)) {
      throw AccountRefused.wrong(
          "password", "must have " + SHORTEST + " to " + LONGEST + " characters");
    }
  }
}
