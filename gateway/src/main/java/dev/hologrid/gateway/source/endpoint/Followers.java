package dev.hologrid.gateway.source.endpoint;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which sessions have subscribed to what. Safe for use by many threads. */
final class Followers {
  private final Map<String, Set<Outbox>> exact = new ConcurrentHashMap<>();
  private final Set<Outbox> wild = ConcurrentHashMap.newKeySet();

  void add(Outbox outbox, String filter) {
    if (wild(filter)) {
      wild.add(outbox);
    } else {
      exact.compute(
          filter,
          (ignored, known) -> {
            Set<Outbox> all = known == null ? ConcurrentHashMap.newKeySet(1) : known;
            all.add(outbox);
            return all;
          });
    }
  }

  void remove(Outbox outbox, String filter) {
    if (!wild(filter)) {
      exact.computeIfPresent(
          filter,
          (ignored, all) -> {
            all.remove(outbox);
            return all.isEmpty() ? null : all;
          });
    } else if (outbox.filters().stream().noneMatch(Followers::wild)) {
      wild.remove(outbox);
    }
  }

  /** The session has ended. */
  void gone(Outbox outbox) {
    for (String each : outbox.filters()) {
      if (outbox.remove(each)) {
        remove(outbox, each);
      }
    }
    wild.remove(outbox);
  }

  private static boolean wild(String filter) {
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
  }

  /** Hands a message to all who have subscribed and may see it; how many these are. */
  int deliver(Outgoing message, Predicate<DeviceGate.Admitted> may) {
    int count = 0;
    Set<Outbox> named = exact.getOrDefault(message.topic(), Set.of());
    for (Outbox each : named) {
      count += offer(each, message, may);
    }
    for (Outbox each : wild) {
      if (!named.contains(each)) {
        count += offer(each, message, may);
      }
    }
    return count;
  }

  private static int offer(Outbox outbox, Outgoing message, Predicate<DeviceGate.Admitted> may) {
    return may.test(outbox.who()) && outbox.offer(message) ? 1 : 0;
  }
}
