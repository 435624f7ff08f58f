package dev.hologrid.gateway.decode;

/** Where a Sparkplug edge node is asked to send its births again. Returns at once. */
public interface Rebirths {
  /** Where nobody can be asked: the quarantine tells it to the operator. */
  Rebirths NONE = (group, node, now) -> {};

  /**
   * Asks for {@code Node Control/Rebirth} of one edge node.
   *
   * @param now epoch milliseconds UTC
   */
  void wanted(String group, String node, long now);
}
