package dev.hologrid.gateway.http;

import org.jspecify.annotations.Nullable;

/** Which paths belong to programs; all others are the console's. */
final class Paths {
  private Paths() {}

  static boolean machine(@Nullable String path) {
    return path == null
        || path.startsWith("/api/")
        || path.equals("/api")
        || path.startsWith("/open311/")
        || path.equals("/health")
        || path.equals("/metrics");
  }

  /** What changes with each look, so that keeping it is useless. */
  static boolean volatileText(String path) {
    return path.equals("/health") || path.equals("/metrics");
  }
}
