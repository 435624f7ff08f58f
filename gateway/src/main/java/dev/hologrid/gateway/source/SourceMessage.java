package dev.hologrid.gateway.source;

/**
 * One message as it came in.
 *
 * @param source the name of the source, for example {@code endpoint}
 * @param topic the MQTT topic, or a topic of the same form made by the source
 * @param client the authenticated identity of the sender: the device id, or empty for a broker's or
 *     an anonymous client's message
 * @param payload the bytes, not copied and not written to after this
 * @param receivedAt epoch milliseconds UTC
 * @param ack told once, from any thread
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path; not written to after construction
public record SourceMessage(
    String source, String topic, String client, byte[] payload, long receivedAt, Ack ack) {

  /** How a source learns that a message is on disk. Implementations return at once. */
  public interface Ack {
    /** The message (or its quarantine entry) is on disk: acknowledge it. */
    void stored();

    /**
     * No reading could be made of it, and its quarantine entry is on disk: acknowledge it.
     *
     * @param reason a word for why
     * @param detail what is wrong, and the way out
     */
    default void quarantined(String reason, String detail) {
      stored();
    }

    /** It is not on disk and will not be: do not acknowledge; the sender keeps it. */
    void failed(Throwable cause);
  }
}
