package dev.hologrid.gateway.source.endpoint;

import io.vertx.core.Future;

/**
 * What clients may subscribe to. The endpoint is no broker: it delivers nothing between clients,
 * and by default refuses every filter. Called on a connection's event loop; returns at once.
 */
public interface Subscriptions {
  /** Grants or refuses a filter. */
  Answer subscribe(Subscriber subscriber, DeviceGate.Admitted who, String filter);

  /** Ends one; false when there was none. */
  boolean unsubscribe(Subscriber subscriber, String filter);

  /** The client left: ends all of its subscriptions. */
  void gone(Subscriber subscriber);

  /** What became of a filter. */
  enum Answer {
    GRANTED,
    NOT_ALLOWED,
    BAD_FILTER
  }

  /** One connected client. Safe for use by many threads. */
  interface Subscriber {
    String client();

    /**
     * Sends a message at QoS 0, or drops it when the client does not keep up.
     *
     * @return false when it was dropped
     */
    Future<Boolean> send(String topic, byte[] payload);
  }

  /** Nothing can be subscribed to. */
  static Subscriptions none() {
    return new Subscriptions() {
      @Override
      public Answer subscribe(Subscriber subscriber, DeviceGate.Admitted who, String filter) {
        return Answer.NOT_ALLOWED;
      }

      @Override
      public boolean unsubscribe(Subscriber subscriber, String filter) {
        return false;
      }

      @Override
      public void gone(Subscriber subscriber) {}
    };
  }
}
