package dev.hologrid.simulator.bench;

/** A measurement that cannot be trusted or did not end; the message says which and why. */
final class BenchFailed extends Exception {
  private static final long serialVersionUID = 1L;

  BenchFailed(String message) {
    super(message);
  }

  BenchFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
