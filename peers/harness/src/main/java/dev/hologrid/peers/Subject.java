package dev.hologrid.peers;

/**
 * An engine with one rule, ready to be measured. Its own events are made of the stream beforehand,
 * so that only the engine's work is measured.
 */
public interface Subject extends AutoCloseable {
  /** Makes the engine's own events; outside the measured time. */
  void prepare(Stream stream, BenchRule rule) throws Exception;

  /** Begins anew with an engine that has seen nothing; outside the measured time. */
  void fresh() throws Exception;

  /**
   * Takes the readings from one place in the stream to before another.
   *
   * @return the processor time it took, as {@link Cpu} counts it
   */
  long take(int from, int until) throws Exception;

  /** Time has come to the last reading's. */
  void finish() throws Exception;

  /** Lets go of the engine, so that what it holds can be told from what is held anyway. */
  void forget() throws Exception;

  /** Since {@link #fresh}. */
  Alerts alerts();

  /**
   * Asks an engine that holds its state only while it takes readings to look at its memory then.
   */
  default void measureState(boolean on) {}

  /** What such an engine held at the end, in bytes; -1 for any other, to be seen from outside. */
  default long stateBytes() {
    return -1;
  }

  /** Can it take a stream piece by piece? */
  default boolean piecewise() {
    return true;
  }

  @Override
  default void close() throws Exception {
    forget();
  }
}
