package dev.hologrid.gateway.decode;

/** Makes readings of one kind of payload. Never throws; safe for use by many threads. */
public interface Decoder {
  /**
   * Decodes a message.
   *
   * @param topic the MQTT topic, or a topic of the same form made by a source
   * @param payload the bytes; not written to
   * @param receivedAt epoch milliseconds UTC, the time of readings that carry none
   */
  Decoded decode(String topic, byte[] payload, long receivedAt);
}
