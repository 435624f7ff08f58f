package dev.hologrid.rules.language;

import dev.hologrid.rules.Shape;
import java.util.List;
import java.util.function.Consumer;

/**
 * A type-checked condition, as a tree of our own: what the engine compiles per shape, what {@code
 * explain} shows node by node. {@link #text()} gives each node back in the language.
 */
public sealed interface Expr {
  /** A metric of the reading. */
  record Metric(String name, Shape.Type type) implements Expr {}

  /** A number of the rule's {@code params}, which overrides may set per device or place. */
  record Param(String name) implements Expr {}

  /** A label of the device; empty text when it has none. */
  record Label(String key) implements Expr {}

  record Num(double value) implements Expr {}

  record Text(String value) implements Expr {}

  record Bool(boolean value) implements Expr {}

  record Not(Expr of) implements Expr {}

  record And(Expr left, Expr right) implements Expr {}

  record Or(Expr left, Expr right) implements Expr {}

  /** {@code op} is one of {@code < <= > >= == !=}; both sides are of one type. */
  record Compare(String op, Expr left, Expr right) implements Expr {}

  /** {@code op} is one of {@code + - * / %}. */
  record Arith(String op, Expr left, Expr right) implements Expr {}

  record Negate(Expr of) implements Expr {}

  record Choose(Expr test, Expr then, Expr otherwise) implements Expr {}

  record In(Expr value, List<Expr> options) implements Expr {
    public In {
      options = List.copyOf(options);
    }
  }

  /** {@code fn} is startsWith, endsWith, contains or matches. */
  record TextTest(String fn, Expr value, String argument) implements Expr {}

  record Abs(Expr of) implements Expr {}

  /** Does the reading carry the metric at all? */
  record Present(String metric) implements Expr {}

  /**
   * A function over the device's readings of the last {@code millis}.
   *
   * @param fn one of {@link Functions#WINDOWS}
   * @param of what is looked at, a number, a truth or a text
   * @param millis the window's length
   * @param q the quantile from 0 to 1, else 0
   */
  record Window(String fn, Expr of, long millis, double q) implements Expr {}

  /** The node in the language of rule files. */
  default String text() {
    return switch (this) {
      case Metric m -> m.name();
      case Param p -> p.name();
      case Label l -> "label('" + l.key() + "')";
      case Num n ->
          n.value() == Math.rint(n.value()) && Math.abs(n.value()) < 1e15
              ? Long.toString((long) n.value())
              : Double.toString(n.value());
      case Text t -> "'" + t.value() + "'";
      case Bool b -> Boolean.toString(b.value());
      case Not n -> "!" + inner(n.of());
      case And a -> inner(a.left()) + " && " + inner(a.right());
      case Or o -> inner(o.left()) + " || " + inner(o.right());
      case Compare c -> inner(c.left()) + " " + c.op() + " " + inner(c.right());
      case Arith a -> inner(a.left()) + " " + a.op() + " " + inner(a.right());
      case Negate n -> "-" + inner(n.of());
      case Choose c -> inner(c.test()) + " ? " + inner(c.then()) + " : " + inner(c.otherwise());
      case In in ->
          inner(in.value())
              + " in ["
              + String.join(", ", in.options().stream().map(Expr::text).toList())
              + "]";
      case TextTest t -> inner(t.value()) + "." + t.fn() + "('" + t.argument() + "')";
      case Abs a -> "abs(" + a.of().text() + ")";
      case Present p -> "present(" + p.metric() + ")";
      case Window w ->
          w.fn()
              + "("
              + w.of().text()
              + ", '"
              + Durations.format(w.millis())
              + "'"
              + (w.fn().equals("quantile") ? ", " + w.q() : "")
              + ")";
    };
  }

  private static String inner(Expr e) {
    return switch (e) {
      case And a -> "(" + a.text() + ")";
      case Or o -> "(" + o.text() + ")";
      case Compare c -> "(" + c.text() + ")";
      case Arith a -> "(" + a.text() + ")";
      case Choose c -> "(" + c.text() + ")";
      default -> e.text();
    };
  }

  /** The nodes directly below. */
  default List<Expr> children() {
    return switch (this) {
      case Not n -> List.of(n.of());
      case And a -> List.of(a.left(), a.right());
      case Or o -> List.of(o.left(), o.right());
      case Compare c -> List.of(c.left(), c.right());
      case Arith a -> List.of(a.left(), a.right());
      case Negate n -> List.of(n.of());
      case Choose c -> List.of(c.test(), c.then(), c.otherwise());
      case In in -> List.of(in.value());
      case TextTest t -> List.of(t.value());
      case Abs a -> List.of(a.of());
      case Window w -> List.of(w.of());
      default -> List.of();
    };
  }

  /** This node and all below, outermost first. */
  default void walk(Consumer<Expr> visitor) {
    visitor.accept(this);
    for (Expr child : children()) {
      child.walk(visitor);
    }
  }
}
