package dev.hologrid.gateway.source.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A message for those who have subscribed to its topic.
 *
 * @param request what it asks for; null: it only tells something
 */
public record Outgoing(String topic, byte[] payload, @Nullable Request request) {
  /**
   * A request after MQTT 5.0, section 4.10. Clients of MQTT 3.1.1 get the payload alone.
   *
   * @param responseTopic where the answer is to go
   * @param correlation what the answer is to repeat
   * @param endsAt by {@link System#nanoTime}: from then on it is not sent any more
   * @param taken called when a client has acknowledged it, on any thread, perhaps more than once
   */
  public record Request(String responseTopic, byte[] correlation, long endsAt, Runnable taken) {}

  /** A message that asks for nothing. */
  public static Outgoing of(String topic, byte[] payload) {
    return new Outgoing(topic, payload, null);
  }

  /** Whether it is too late to send it. */
  boolean ended(long nanos) {
    return request != null && request.endsAt() - nanos <= 0;
  }
}
