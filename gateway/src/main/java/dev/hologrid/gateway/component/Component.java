package dev.hologrid.gateway.component;

/**
 * A part of the server that is made without I/O, started once, can be asked how it is, and is
 * stopped once.
 */
public interface Component extends AutoCloseable {
  /** One word in lower case, unique in the server; the label of its metrics and health row. */
  String name();

  /**
   * Would work given to this part now succeed? Cheap; may be called at any time from any thread.
   */
  Check check();

  @Override
  void close();
}
