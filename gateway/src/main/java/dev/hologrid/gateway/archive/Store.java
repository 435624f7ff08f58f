package dev.hologrid.gateway.archive;

import java.io.IOException;

/** A time-series database. Writes come from one thread, questions from many. */
interface Store extends History, AutoCloseable {
  Lines.Dialect dialect();

  /** Makes it ready; called again after a failure. */
  void open() throws IOException;

  /** Makes room for a kind before its first rows. */
  default void prepare(String kind) throws IOException {}

  /**
   * Writes lines; repeating them changes nothing.
   *
   * @throws Refused when at least one of them is wrong; then none may count as written
   * @throws IOException when the database cannot take anything now
   */
  void write(String lines) throws Refused, IOException;

  /**
   * True once after writes went over a new connection: the database may have been started anew and
   * have forgotten what it had acknowledged and not yet written.
   */
  default boolean reconnected() {
    return false;
  }

  @Override
  void close();
}
