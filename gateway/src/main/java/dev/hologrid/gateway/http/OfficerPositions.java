package dev.hologrid.gateway.http;

import java.time.Instant;

/** Is told where officers are. Safe for use by many threads. */
@FunctionalInterface
interface OfficerPositions {
  void seen(String officer, double lon, double lat, Instant at);
}
