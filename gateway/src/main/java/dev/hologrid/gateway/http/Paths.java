package dev.hologrid.gateway.http;

import org.jspecify.annotations.Nullable;

/** Which paths belong to programs; all others are the console's. */
final class Paths {
  private Paths() {}

  static boolean machine(@Nullable String path) {
    return path == null
        || path.startsWith("/api/")
        || path.equals("/api")
        || open311(path)
        || path.equals("/health")
        || path.equals("/metrics");
  }

  static boolean open311(@Nullable String path) {
    return path != null && path.startsWith("/open311/");
  }

  /** What changes with each look, so that keeping it is useless. */
  static boolean volatileText(String path) {
    return path.equals("/health") || path.equals("/metrics");
  }
}
