package dev.hologrid.gateway.source;

/** Where sources put what they receive; implemented by the ingest. Safe for use by many threads. */
public interface Inbox {
  /**
   * Takes a message. Never blocks, never throws: what cannot be decoded is quarantined, and that
   * too is acknowledged after it is on disk.
   */
  void put(SourceMessage message);

  /** False while too much waits for the disk; a source then stops reading from its sockets. */
  boolean ready();
}
