package dev.hologrid.gateway.source.broker;

/**
 * One connection, used once: it is made, connects and subscribes, delivers, and ends. Safe for use
 * by many threads.
 */
interface Link {
  /** Begins to connect and, once connected, to subscribe. Does not wait. */
  void open() throws Exception;

  /** Acknowledges a message of this connection; does nothing when it has ended. */
  void acknowledge(int packetId);

  /** Publishes with QoS 0, where connected; nobody waits for it. */
  void tell(String topic, byte[] payload);

  /** Ends the connection without waiting for anybody; the session stays at the broker. */
  void end();

  /** What happens on a link. Called from Paho's threads; returns at once and never throws. */
  interface Events {
    /** Connected, and every subscription is granted. */
    void subscribed(Link link);

    /** {@code packetId} is 0 when nothing is to be acknowledged. */
    void arrived(Link link, String topic, byte[] payload, int packetId);

    /** Could not connect or subscribe, or was cut off. May be said more than once. */
    void lost(Link link, String why);
  }
}
