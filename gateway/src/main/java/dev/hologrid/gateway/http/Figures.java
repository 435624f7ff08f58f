package dev.hologrid.gateway.http;

import dev.hologrid.gateway.ingest.Books;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Figures of parts that have no page of their own.
 *
 * @param lags of every follower
 * @param latency from the receipt of the deciding reading to the alert on disk, in seconds, by
 *     quantile such as {@code 0.99}
 */
public record Figures(
    Books books, Supplier<List<Lag>> lags, Supplier<Map<String, Double>> latency) {
  /** How far a follower is behind its journal. */
  public record Lag(String follower, long records, double seconds) {}
}
