package dev.hologrid.gateway.http;

import dev.hologrid.gateway.source.endpoint.Bucket;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How much telemetry may come by HTTP: the rates of {@code mqtt.rates} for a sender, which is a
 * device or a person, and for an address. A request is taken whole or not at all; one that goes
 * over the rate makes the next ones wait. Safe for use by many threads.
 */
final class TelemetryPace {
  private static final int MANY = 100_000;

  private final EndpointConfig.Rates rates;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  TelemetryPace(EndpointConfig.Rates rates) {
    this.rates = rates;
  }

  private record Draw(Bucket bucket, double amount) {}

  /**
   * Notes a request, unless it has to wait.
   *
   * @return whole seconds until it may be sent again; 0: it may be taken now
   */
  long take(String sender, String address, int records, int bytes, long nanos) {
    List<Draw> draws = new ArrayList<>(4);
    add(draws, "messages " + sender, rates.messages(), records, nanos);
    add(draws, "bytes " + sender, (double) rates.bytes(), bytes, nanos);
    add(draws, "all messages " + address, rates.addressMessages(), records, nanos);
    add(draws, "all bytes " + address, (double) rates.addressBytes(), bytes, nanos);
    long owed = draws.stream().mapToLong(each -> each.bucket.owed(nanos)).max().orElse(0);
    if (owed > 0) {
      return owed / TimeUnit.SECONDS.toNanos(1) + 1;
    }
    draws.forEach(each -> each.bucket.spend(each.amount, nanos));
    return 0;
  }

  private void add(List<Draw> draws, String key, double perSecond, double amount, long nanos) {
    if (perSecond <= 0) {
      return;
    }
    if (buckets.size() > MANY) {
      buckets.values().removeIf(each -> each.full(nanos));
    }
    draws.add(new Draw(buckets.computeIfAbsent(key, made -> new Bucket(perSecond, nanos)), amount));
  }
}
