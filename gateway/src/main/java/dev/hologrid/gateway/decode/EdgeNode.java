package dev.hologrid.gateway.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What the births of one Sparkplug edge node said, which its later messages refer to: the names and
 * types behind aliases, the session's {@code bdSeq}, the place in the sequence. Not for two threads
 * at once.
 */
final class EdgeNode {
  private static final int MAX_METRICS = 10_000;
  private static final int NO_TYPE = 0;

  /** The kind of a device whose metrics tell none. */
  static final String UNTOLD = "sparkplug";

  private static final long NONE = -1;
  private static final long ASK_AGAIN_AFTER_MS = 10_000;

  private final Map<Long, String> aliases = new HashMap<>();
  private final Map<String, Integer> types = new HashMap<>();
  private final Map<String, String> kinds = new TreeMap<>();
  private long bdSeq = NONE;
  private long seq = NONE;
  private long askedAt = Long.MIN_VALUE;

  /** A new session of the node: nothing of an earlier one counts. */
  void born(Payload payload) {
    aliases.clear();
    types.clear();
    kinds.clear();
    bdSeq = bdSeqOf(payload);
  }

  /** A device, or the node itself, is alive and of this kind. */
  void lives(String device, String kind) {
    if (kinds.size() < MAX_METRICS) {
      kinds.put(device, kind);
    }
  }

  /** The kind that a device's birth told. */
  String kind(String device) {
    return kinds.getOrDefault(device, UNTOLD);
  }

  void died(String device) {
    kinds.remove(device);
  }

  /** The devices that are alive, by name, with their kinds. */
  Map<String, String> alive() {
    return kinds;
  }

  /** Whether a death certificate belongs to the running session, not to one before it. */
  boolean dies(Payload payload) {
    long dead = bdSeqOf(payload);
    return bdSeq == NONE || dead == NONE || dead == bdSeq;
  }

  /** Remembers a birth's names and types. */
  void learn(Payload payload) {
    for (Metric each : payload.getMetricsList()) {
      if (!each.hasName() || types.size() >= MAX_METRICS) {
        continue;
      }
      if (each.hasAlias()) {
        aliases.put(each.getAlias(), each.getName());
      }
      if (each.hasDatatype()) {
        types.put(each.getName(), each.getDatatype());
      }
    }
  }

  /** The metric's name, from itself or from the birth; null when no birth told the alias. */
  @Nullable String name(Metric metric) {
    return metric.hasName() && !metric.getName().isEmpty()
        ? metric.getName()
        : aliases.get(metric.getAlias());
  }

  /** The number of the metric's type in the specification, or 0. */
  int type(String name, Metric metric) {
    return metric.hasDatatype() ? metric.getDatatype() : types.getOrDefault(name, NO_TYPE);
  }

  /** Whether this message follows the one before; a node counts 0 to 255 over all its messages. */
  boolean follows(Payload payload) {
    if (!payload.hasSeq()) {
      return true;
    }
    long before = seq;
    seq = payload.getSeq();
    return before == NONE || seq == (before + 1) % 256;
  }

  void startsAt(Payload payload) {
    seq = payload.hasSeq() ? payload.getSeq() : NONE;
  }

  /** Whether to ask for a rebirth now; not again for ten seconds. */
  boolean asks(long now) {
    if (askedAt != Long.MIN_VALUE && now - askedAt < ASK_AGAIN_AFTER_MS) {
      return false;
    }
    askedAt = now;
    return true;
  }

  private static long bdSeqOf(Payload payload) {
    for (Metric each : payload.getMetricsList()) {
      if (each.getName().equals("bdSeq")) {
        return each.hasLongValue() ? each.getLongValue() : each.getIntValue();
      }
    }
    return NONE;
  }
}
