package dev.hologrid.rules.engine;

import org.jspecify.annotations.Nullable;

/** The pieces of a compiled condition. */
final class Nodes {
  private Nodes() {}

  interface Truth {
    boolean of(Frame frame);
  }

  interface Num {
    double of(Frame frame);
  }

  interface Text {
    @Nullable String of(Frame frame);
  }

  static final Truth ALWAYS = frame -> true;
  static final Truth NEVER = frame -> false;

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
    return b == ALWAYS ? a : frame -> a.of(frame) && b.of(frame);
  }

  static Truth or(Truth a, Truth b) {
    if (a == ALWAYS || b == ALWAYS) {
      return ALWAYS;
    }
    if (a == NEVER) {
      return b;
    }
    return b == NEVER ? a : frame -> a.of(frame) || b.of(frame);
  }

  static Truth compare(String op, Num a, Num b) {
    return switch (op) {
      case "<" -> frame -> a.of(frame) < b.of(frame);
      case "<=" -> frame -> a.of(frame) <= b.of(frame);
      case ">" -> frame -> a.of(frame) > b.of(frame);
      case ">=" -> frame -> a.of(frame) >= b.of(frame);
      case "==" -> frame -> a.of(frame) == b.of(frame);
      default ->
          frame -> {
            double x = a.of(frame);
            double y = b.of(frame);
            return x < y || x > y;
          };
    };
  }

  /** The commonest condition of all, without a call per side. */
  static Truth compare(String op, int slot, double limit) {
    return switch (op) {
      case "<" -> frame -> frame.numbers[slot] < limit;
      case "<=" -> frame -> frame.numbers[slot] <= limit;
      case ">" -> frame -> frame.numbers[slot] > limit;
      case ">=" -> frame -> frame.numbers[slot] >= limit;
      case "==" -> frame -> frame.numbers[slot] == limit;
      default -> frame -> frame.numbers[slot] < limit || frame.numbers[slot] > limit;
    };
  }

  static Num arithmetic(String op, Num a, Num b) {
    return switch (op) {
      case "+" -> frame -> a.of(frame) + b.of(frame);
      case "-" -> frame -> a.of(frame) - b.of(frame);
      case "*" -> frame -> a.of(frame) * b.of(frame);
      case "/" -> frame -> a.of(frame) / b.of(frame);
      default -> frame -> a.of(frame) % b.of(frame);
    };
  }
}
