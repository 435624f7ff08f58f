package dev.hologrid.gateway.source.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * How fast one connection may be read: it draws on its device's buckets and on its address's, which
 * it shares with others. Safe for use by many threads.
 */
record Pace(
    @Nullable Bucket messages,
    @Nullable Bucket bytes,
    @Nullable Bucket addressMessages,
    @Nullable Bucket addressBytes) {
  static final Pace FREE = new Pace(null, null, null, null);

  /** Notes a message that was read; nanoseconds until the next should be read. */
  long spend(int payload, long nanos) {
    long wait = spend(messages, 1, nanos);
    wait = Math.max(wait, spend(bytes, payload, nanos));
    wait = Math.max(wait, spend(addressMessages, 1, nanos));
    return Math.max(wait, spend(addressBytes, payload, nanos));
  }

  private static long spend(@Nullable Bucket bucket, double amount, long nanos) {
    return bucket == null ? 0 : bucket.spend(amount, nanos);
  }
}
