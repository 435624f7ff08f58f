package dev.hologrid.gateway.journal;

import java.util.List;

/**
 * One reader of one journal at its own pace; everything downstream of a journal is one of these. It
 * lags, it never drops. Called from one thread at a time.
 *
 * @param <E> what a record decodes to
 */
public interface Follower<E> {
  /** One word in lower case; the key of its checkpoint and the label of its lag. */
  String name();

  /**
   * Takes the next records in order. Must be safe to repeat: after a crash the last batch may come
   * again. An exception means that nothing of the batch counts as taken: it comes again after a
   * back-off, and the follower's check says so.
   */
  void handle(List<Entry<E>> batch) throws Exception;

  /**
   * A record with its place.
   *
   * @param offset identity
   */
  record Entry<E>(long offset, E value) {}
}
