package dev.hologrid.gateway;

/** The server could not be started; the message says which part, why, and the way out. */
public final class StartFailed extends RuntimeException {
  public StartFailed(String message) {
    super(message);
  }

  public StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
