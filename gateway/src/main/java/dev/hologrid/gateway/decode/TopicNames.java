package dev.hologrid.gateway.decode;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Kind and device of the topics that were read lately, so that a topic is taken apart and checked
 * once, and a device's id is one object. Safe for use by many threads.
 */
final class TopicNames {
  private static final int SLOTS = 1 << 14;

  /** What a topic names, checked. */
  record Parts(String topic, String kind, String device) {}

  private final AtomicReferenceArray<@Nullable Parts> slots = new AtomicReferenceArray<>(SLOTS);

  /** What {@code hologrid/v1/{kind}/{device}} names, or null when the topic is not of that form. */
  @Nullable Parts of(String topic) {
    Parts known = slots.getAcquire(slot(topic));
    if (known != null && known.topic.equals(topic)) {
      return known;
    }
    int kindEnd = topic.indexOf('/', HoloGridDecoder.PREFIX.length());
    if (!topic.startsWith(HoloGridDecoder.PREFIX) || kindEnd < 0) {
      return null;
    }
    String kind = topic.substring(HoloGridDecoder.PREFIX.length(), kindEnd);
    String device = topic.substring(kindEnd + 1);
    if (!Names.validKind(kind) || !Names.validDevice(device)) {
      return null; // a status, or wrong
    }
    Parts fresh = new Parts(topic, kind, device);
    slots.setRelease(slot(topic), fresh);
    return fresh;
  }

  private static int slot(String topic) {
    int hash = topic.hashCode();
    return (hash ^ hash >>> 14 ^ hash >>> 28) & SLOTS - 1;
  }
}
