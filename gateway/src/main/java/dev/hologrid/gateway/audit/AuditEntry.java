package dev.hologrid.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A decision as the journal keeps it, one JSON object.
 *
 * @param seq counts up from 1 without a gap
 * @param at epoch milliseconds UTC
 * @param leftOut decisions of the same kind before this one that came too fast to be written; the
 *     metrics count all
 * @param previous the hash of the entry before
 * @param hash of this entry, see {@link HashChain}
 */
record AuditEntry(
    long seq, long at, Decision decision, long leftOut, String previous, String hash) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static AuditEntry of(long seq, long at, Decision decision, long leftOut, String previous) {
    return new AuditEntry(
        seq, at, decision, leftOut, previous, hash(seq, at, decision, leftOut, previous));
  }

  private static String hash(long seq, long at, Decision decision, long leftOut, String previous) {
    return HashChain.next(
        previous,
        Long.toString(seq),
        Long.toString(at),
        decision.what(),
        decision.who(),
        decision.from(),
        decision.why(),
        Long.toString(leftOut));
  }

  boolean right() {
    return hash.equals(hash(seq, at, decision, leftOut, previous));
  }

  byte[] bytes() {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("seq", seq);
    node.put("at", at);
    node.put("what", decision.what());
    node.put("who", decision.who());
    node.put("from", decision.from());
    node.put("why", decision.why());
    node.put("leftOut", leftOut);
    node.put("previous", previous);
    node.put("hash", hash);
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text can always be written", e);
    }
  }

  static AuditEntry read(byte[] record) throws IOException {
    JsonNode node = MAPPER.readTree(record);
    return new AuditEntry(
        node.path("seq").asLong(),
        node.path("at").asLong(),
        new Decision(
            node.path("what").asText(),
            node.path("who").asText(),
            node.path("from").asText(),
            node.path("why").asText()),
        node.path("leftOut").asLong(),
        node.path("previous").asText(),
        node.path("hash").asText());
  }
}
