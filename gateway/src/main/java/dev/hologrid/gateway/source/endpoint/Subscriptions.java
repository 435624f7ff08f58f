package dev.hologrid.gateway.source.endpoint;

/**
 * What clients may subscribe to. The endpoint is no broker: it delivers nothing between clients,
 * and by default refuses every filter. Safe for use by many threads; returns at once.
 */
@FunctionalInterface
public interface Subscriptions {
  /** Grants or refuses a filter of the right form. */
  boolean allows(DeviceGate.Admitted who, String filter);

  /** Nothing can be subscribed to. */
  static Subscriptions none() {
    return (who, filter) -> false;
  }
}
