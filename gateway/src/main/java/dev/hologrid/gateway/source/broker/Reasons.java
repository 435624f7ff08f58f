package dev.hologrid.gateway.source.broker;

import org.jspecify.annotations.Nullable;

/** Paho's exceptions as one sentence: its own messages rarely say what happened. */
final class Reasons {
  private Reasons() {}

  static String of(@Nullable Throwable cause) {
    if (cause == null) {
      return "the broker closed it";
    }
    Throwable deepest = cause;
    for (int i = 0; i < 8 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }
}
