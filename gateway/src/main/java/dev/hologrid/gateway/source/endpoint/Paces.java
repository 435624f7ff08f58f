package dev.hologrid.gateway.source.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The buckets of devices and addresses. Safe for use by many threads. */
final class Paces {
  private static final int MANY = 100_000;
  private static final long SWEEP_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final EndpointConfig.Rates rates;
  private final int many;
  private boolean swept;
  private long sweptAt;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  Paces(EndpointConfig.Rates rates) {
    this(rates, MANY);
  }

  /**
   * The same with another limit.
   *
   * @param many buckets, above which those that are full are forgotten
   */
  Paces(EndpointConfig.Rates rates, int many) {
    this.rates = rates;
    this.many = many;
  }

  /** Why a new connection of this address has to wait, or null. */
  DeviceGate.@Nullable Refusal refusal(String address, long nanos) {
    if (rates.open() > 0 && open.getOrDefault(address, 0) >= rates.open()) {
      return DeviceGate.Refusal.TOO_MANY;
    }
    Bucket connects = bucket("connects ", address, rates.connects(), nanos);
    return connects == null || connects.take(nanos) ? null : DeviceGate.Refusal.TOO_FAST;
  }

  /** What a connection draws on. */
  Pace of(String identity, String address, long nanos) {
    Bucket messages = bucket("messages ", identity, rates.messages(), nanos);
    Bucket bytes = bucket("bytes ", identity, (double) rates.bytes(), nanos);
    Bucket addressMessages = bucket("all messages ", address, rates.addressMessages(), nanos);
    Bucket addressBytes = bucket("all bytes ", address, (double) rates.addressBytes(), nanos);
    return messages == null && bytes == null && addressMessages == null && addressBytes == null
        ? Pace.FREE
        : new Pace(messages, bytes, addressMessages, addressBytes);
  }

  private @Nullable Bucket bucket(String what, String key, double perSecond, long nanos) {
    if (perSecond <= 0) {
      return null;
    }
    if (buckets.size() > many) {
      sweep(nanos);
    }
    return buckets.computeIfAbsent(what + key, ignored -> new Bucket(perSecond, nanos));
  }

  /** To look through all of them for each of many new connections would be a load of its own. */
  private synchronized void sweep(long nanos) {
    if (!swept || nanos - sweptAt >= SWEEP_EVERY) {
      swept = true;
      sweptAt = nanos;
      buckets.values().removeIf(each -> each.full(nanos));
    }
  }

  /** How many buckets there are. */
  int size() {
    return buckets.size();
  }

  void opened(String address) {
    if (rates.open() > 0) {
      open.merge(address, 1, Integer::sum);
    }
  }

  void closed(String address) {
    if (rates.open() > 0) {
      open.computeIfPresent(address, (ignored, count) -> count <= 1 ? null : count - 1);
    }
  }
}
