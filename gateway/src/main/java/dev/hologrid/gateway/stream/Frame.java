package dev.hologrid.gateway.stream;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * One event, serialised once for all viewers. Immutable.
 *
 * @param seq its number, rising by one
 * @param event what it is: {@code alert}, {@code incident}, {@code device} or {@code summary}
 * @param path the codes of the places that hold it, empty when it is about the whole district
 * @param people whose own matter it is, wherever it is
 * @param sse the frame as it goes over an event stream
 * @param text the frame as it goes over a WebSocket
 */
public record Frame(
    long seq, String event, List<String> path, Set<String> people, Buffer sse, Buffer text) {
  public Frame {
    path = List.copyOf(path);
    people = Set.copyOf(people);
  }

  static Frame of(long seq, String event, List<String> path, Set<String> people, byte[] json) {
    String head = "id: " + seq + "\nevent: " + event + "\ndata: ";
    Buffer sse =
        Buffer.buffer(head.length() + json.length + 2)
            .appendString(head)
            .appendBytes(json)
            .appendString("\n\n");
    return new Frame(seq, event, path, people, sse, text(seq, event, json));
  }

  /** A frame for one viewer only; it has no number, so it does not move the place to resume at. */
  static Frame only(String event, long seq, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Buffer sse = Buffer.buffer("event: " + event + "\ndata: " + json + "\n\n");
    return new Frame(seq, event, List.of(), Set.of(), sse, text(seq, event, bytes));
  }

  private static Buffer text(long seq, String event, byte[] json) {
    return Buffer.buffer("{\"seq\":" + seq + ",\"event\":\"" + event + "\",\"data\":")
        .appendBytes(json)
        .appendString("}");
  }

  int size() {
    return sse.length();
  }
}
