package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a compiled condition. What they look at comes as arguments and not as fields of an
 * object that outlives the reading: storing references into an old object has the collector's
 * barrier wait for memory, which costs more than the condition itself.
 */
final class Nodes {
  private Nodes() {}

  interface Truth {
    /** {@code set} are the rule's params for the device. */
    boolean of(Reading at, DeviceState dev, double[] set, long now);

    default boolean of(Frame frame) {
      return of(frame.reading(), frame.device(), frame.params(), frame.now());
    }
  }

  interface Num {
    double of(Reading at, DeviceState dev, double[] set, long now);

    default double of(Frame frame) {
      return of(frame.reading(), frame.device(), frame.params(), frame.now());
    }
  }

  interface Text {
    @Nullable String of(Reading at, DeviceState dev, double[] set, long now);

    default @Nullable String of(Frame frame) {
      return of(frame.reading(), frame.device(), frame.params(), frame.now());
    }
  }

  static final Truth ALWAYS = (at, dev, set, now) -> true;
  static final Truth NEVER = (at, dev, set, now) -> false;

  static Truth constant(boolean value) {
    return value ? ALWAYS : NEVER;
  }

  static Truth and(Truth a, Truth b) {
    if (a == NEVER || b == NEVER) {
      return NEVER;
    }
    if (a == ALWAYS) {
      return b;
    }
    return b == ALWAYS
        ? a
        : (at, dev, set, now) -> a.of(at, dev, set, now) && b.of(at, dev, set, now);
  }

  static Truth or(Truth a, Truth b) {
    if (a == ALWAYS || b == ALWAYS) {
      return ALWAYS;
    }
    if (a == NEVER) {
      return b;
    }
    return b == NEVER
        ? a
        : (at, dev, set, now) -> a.of(at, dev, set, now) || b.of(at, dev, set, now);
  }

  static Truth compare(String op, Num a, Num b) {
    return switch (op) {
      case "<" -> (at, dev, set, now) -> a.of(at, dev, set, now) < b.of(at, dev, set, now);
      case "<=" -> (at, dev, set, now) -> a.of(at, dev, set, now) <= b.of(at, dev, set, now);
      case ">" -> (at, dev, set, now) -> a.of(at, dev, set, now) > b.of(at, dev, set, now);
      case ">=" -> (at, dev, set, now) -> a.of(at, dev, set, now) >= b.of(at, dev, set, now);
      case "==" -> (at, dev, set, now) -> a.of(at, dev, set, now) == b.of(at, dev, set, now);
      default ->
          (at, dev, set, now) -> {
            double x = a.of(at, dev, set, now);
            double y = b.of(at, dev, set, now);
            return x < y || x > y;
          };
    };
  }

  /** The commonest condition of all, without a call per side. */
  static Truth compare(String op, int slot, double limit) {
    return switch (op) {
      case "<" -> (at, dev, set, now) -> at.number(slot) < limit;
      case "<=" -> (at, dev, set, now) -> at.number(slot) <= limit;
      case ">" -> (at, dev, set, now) -> at.number(slot) > limit;
      case ">=" -> (at, dev, set, now) -> at.number(slot) >= limit;
      case "==" -> (at, dev, set, now) -> at.number(slot) == limit;
      default -> (at, dev, set, now) -> at.number(slot) < limit || at.number(slot) > limit;
    };
  }

  /** The commonest condition on a text. */
  static Truth equal(int slot, String wanted, boolean equal) {
    return (at, dev, set, now) -> {
      String given = at.text(slot);
      return given != null && wanted.equals(given) == equal;
    };
  }

  static Num arithmetic(String op, Num a, Num b) {
    return switch (op) {
      case "+" -> (at, dev, set, now) -> a.of(at, dev, set, now) + b.of(at, dev, set, now);
      case "-" -> (at, dev, set, now) -> a.of(at, dev, set, now) - b.of(at, dev, set, now);
      case "*" -> (at, dev, set, now) -> a.of(at, dev, set, now) * b.of(at, dev, set, now);
      case "/" -> (at, dev, set, now) -> a.of(at, dev, set, now) / b.of(at, dev, set, now);
      default -> (at, dev, set, now) -> a.of(at, dev, set, now) % b.of(at, dev, set, now);
    };
  }
}
