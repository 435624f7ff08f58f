package dev.hologrid.rules.engine;

import com.google.re2j.Pattern;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions for readings of one shape: metric names become array slots once. A comparison
 * that needs a metric the shape does not carry is false, and so is its negation: nothing follows
 * from what was not said. Only a flag on its own that is not said counts as not set.
 */
final class ConditionCompiler {
  private final Shape shape;
  private final Map<Expr.Window, Integer> windows;
  private final Map<String, Integer> params;

  ConditionCompiler(Shape shape, Map<Expr.Window, Integer> windows, Map<String, Integer> params) {
    this.shape = shape;
    this.windows = windows;
    this.params = params;
  }

  Nodes.Truth truth(Expr e) {
    return truth(e, true);
  }

  private Nodes.Truth truth(Expr e, boolean wanted) {
    return switch (e) {
      case Expr.Bool b -> Nodes.constant(b.value() == wanted);
      case Expr.Not n -> truth(n.of(), !wanted);
      case Expr.And a -> join(a.left(), a.right(), wanted, wanted);
      case Expr.Or o -> join(o.left(), o.right(), wanted, !wanted);
      case Expr.Compare c -> compare(c, wanted);
      case Expr.Present p -> Nodes.constant((shape.indexOf(p.metric()) >= 0) == wanted);
      case Expr.Metric m -> flag(m, wanted);
      case Expr.In in -> in(in, wanted);
      case Expr.TextTest t -> textTest(t, wanted);
      case Expr.Choose c -> {
        Nodes.Truth test = truth(c.test());
        Nodes.Truth then = truth(c.then(), wanted);
        Nodes.Truth otherwise = truth(c.otherwise(), wanted);
        yield (at, dev, set, now) ->
            test.of(at, dev, set, now)
                ? then.of(at, dev, set, now)
                : otherwise.of(at, dev, set, now);
      }
      default -> throw new IllegalStateException("not a condition: " + e.text());
    };
  }

  private Nodes.Truth join(Expr left, Expr right, boolean wanted, boolean both) {
    Nodes.Truth a = truth(left, wanted);
    Nodes.Truth b = truth(right, wanted);
    return both ? Nodes.and(a, b) : Nodes.or(a, b);
  }

  private Nodes.Truth flag(Expr.Metric metric, boolean wanted) {
    int slot = slot(metric.name(), Shape.Type.BOOLEAN);
    if (slot < 0) {
      return Nodes.constant(!wanted);
    }
    return wanted
        ? (at, dev, set, now) -> at.number(slot) != 0
        : (at, dev, set, now) -> at.number(slot) == 0;
  }

  private Nodes.Truth compare(Expr.Compare c, boolean wanted) {
    String op = wanted ? c.op() : opposite(c.op());
    if (isText(c.left())) {
      return compareTexts(op, c.left(), c.right());
    }
    if (c.left() instanceof Expr.Metric m && c.right() instanceof Expr.Num n) {
      int slot = slot(m.name(), Shape.Type.NUMBER);
      return slot < 0 ? Nodes.NEVER : Nodes.compare(op, slot, n.value());
    }
    Nodes.@Nullable Num a = number(c.left());
    Nodes.@Nullable Num b = number(c.right());
    return a == null || b == null ? Nodes.NEVER : Nodes.compare(op, a, b);
  }

  private Nodes.Truth compareTexts(String op, Expr left, Expr right) {
    Nodes.@Nullable Text a = text(left);
    Nodes.@Nullable Text b = text(right);
    if (a == null || b == null) {
      return Nodes.NEVER;
    }
    if (right instanceof Expr.Text constant && (op.equals("==") || op.equals("!="))) {
      String value = constant.value();
      boolean equal = op.equals("==");
      if (left instanceof Expr.Metric m) {
        return Nodes.equal(slot(m.name(), Shape.Type.TEXT), value, equal);
      }
      return (at, dev, set, now) -> {
        String given = a.of(at, dev, set, now);
        return given != null && value.equals(given) == equal;
      };
    }
    return (at, dev, set, now) -> {
      String x = a.of(at, dev, set, now);
      String y = b.of(at, dev, set, now);
      return x != null && y != null && holds(op, x.compareTo(y));
    };
  }

  private static boolean holds(String op, int order) {
    return switch (op) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "==" -> order == 0;
      default -> order != 0;
    };
  }

  private Nodes.Truth in(Expr.In in, boolean wanted) {
    if (isText(in.value())) {
      Nodes.@Nullable Text value = text(in.value());
      Set<String> options =
          in.options().stream()
              .filter(Expr.Text.class::isInstance)
              .map(o -> ((Expr.Text) o).value())
              .collect(Collectors.toUnmodifiableSet());
      return value == null
          ? Nodes.NEVER
          : (at, dev, set, now) -> {
            String given = value.of(at, dev, set, now);
            return given != null && options.contains(given) == wanted;
          };
    }
    Nodes.@Nullable Num value = number(in.value());
    double[] options =
        in.options().stream()
            .filter(Expr.Num.class::isInstance)
            .mapToDouble(o -> ((Expr.Num) o).value())
            .toArray();
    return value == null
        ? Nodes.NEVER
        : (at, dev, set, now) -> contains(options, value.of(at, dev, set, now)) == wanted;
  }

  private static boolean contains(double[] options, double value) {
    for (double option : options) {
      if (option == value) {
        return true;
      }
    }
    return false;
  }

  private Nodes.Truth textTest(Expr.TextTest t, boolean wanted) {
    Nodes.@Nullable Text value = text(t.value());
    if (value == null) {
      return Nodes.NEVER;
    }
    String arg = t.argument();
    Pattern pattern = t.fn().equals("matches") ? Pattern.compile(arg) : null;
    return (at, dev, set, now) -> {
      String given = value.of(at, dev, set, now);
      if (given == null) {
        return false;
      }
      boolean fits =
          switch (t.fn()) {
            case "startsWith" -> given.startsWith(arg);
            case "endsWith" -> given.endsWith(arg);
            case "contains" -> given.contains(arg);
            default -> pattern != null && pattern.matcher(given).find();
          };
      return fits == wanted;
    };
  }

  /** The number's node; null when the shape lacks a metric that it needs. */
  Nodes.@Nullable Num number(Expr e) {
    return switch (e) {
      case Expr.Num n -> (at, dev, set, now) -> n.value();
      case Expr.Metric m -> {
        int slot = shape.indexOf(m.name());
        boolean fits = slot >= 0 && shape.types().get(slot) == m.type();
        yield fits && m.type() != Shape.Type.TEXT ? (at, dev, set, now) -> at.number(slot) : null;
      }
      case Expr.Param p -> {
        int slot = params.getOrDefault(p.name(), 0);
        yield (at, dev, set, now) -> set[slot];
      }
      case Expr.Arith a -> {
        Nodes.@Nullable Num left = number(a.left());
        Nodes.@Nullable Num right = number(a.right());
        yield left == null || right == null ? null : Nodes.arithmetic(a.op(), left, right);
      }
      case Expr.Negate n -> {
        Nodes.@Nullable Num of = number(n.of());
        yield of == null ? null : (at, dev, set, now) -> -of.of(at, dev, set, now);
      }
      case Expr.Abs a -> {
        Nodes.@Nullable Num of = number(a.of());
        yield of == null ? null : (at, dev, set, now) -> Math.abs(of.of(at, dev, set, now));
      }
      case Expr.Choose c -> {
        Nodes.Truth test = truth(c.test());
        Nodes.@Nullable Num then = number(c.then());
        Nodes.@Nullable Num otherwise = number(c.otherwise());
        yield then == null || otherwise == null
            ? null
            : (at, dev, set, now) ->
                test.of(at, dev, set, now)
                    ? then.of(at, dev, set, now)
                    : otherwise.of(at, dev, set, now);
      }
      case Expr.Window w -> window(w);
      case Expr.Text t -> throw new IllegalStateException("not a number: " + t.text());
      case Expr.Label l -> throw new IllegalStateException("not a number: " + l.text());
      default -> {
        Nodes.Truth truth = truth(e);
        yield (at, dev, set, now) -> truth.of(at, dev, set, now) ? 1 : 0;
      }
    };
  }

  private Nodes.Num window(Expr.Window w) {
    int slot = windows.getOrDefault(w, -1);
    double empty =
        switch (w.fn()) {
          case "count", "sum", "changes" -> 0;
          default -> Double.NaN;
        };
    return (at, dev, set, now) -> {
      Window window = dev.window(slot);
      if (window == null) {
        return empty;
      }
      window.expire(now);
      return window.value();
    };
  }

  Nodes.@Nullable Text text(Expr e) {
    return switch (e) {
      case Expr.Text t -> (at, dev, set, now) -> t.value();
      case Expr.Label l -> (at, dev, set, now) -> dev.device.labels().getOrDefault(l.key(), "");
      case Expr.Metric m -> {
        int slot = slot(m.name(), Shape.Type.TEXT);
        yield slot < 0 ? null : (at, dev, set, now) -> at.text(slot);
      }
      case Expr.Choose c -> {
        Nodes.Truth test = truth(c.test());
        Nodes.@Nullable Text then = text(c.then());
        Nodes.@Nullable Text otherwise = text(c.otherwise());
        yield then == null || otherwise == null
            ? null
            : (at, dev, set, now) ->
                test.of(at, dev, set, now)
                    ? then.of(at, dev, set, now)
                    : otherwise.of(at, dev, set, now);
      }
      default -> throw new IllegalStateException("not a text: " + e.text());
    };
  }

  /** What feeds a window from readings of this shape; null when they do not. */
  @Nullable Feed feed(Expr.Window w) {
    int slot = windows.getOrDefault(w, -1);
    if (isText(w.of())) {
      Nodes.@Nullable Text text = text(w.of());
      return text == null
          ? null
          : new Feed.OfWindow(
              slot,
              w,
              (at, dev, set, now) -> {
                String given = text.of(at, dev, set, now);
                return given == null ? Double.NaN : given.hashCode();
              });
    }
    if (!isNumber(w.of())) {
      Nodes.Truth truth = truth(w.of());
      Nodes.Truth denied = truth(w.of(), false);
      if (truth == Nodes.NEVER && denied == Nodes.NEVER) {
        return null;
      }
      double no = w.fn().equals("count") ? Double.NaN : 0;
      return new Feed.OfWindow(
          slot, w, (at, dev, set, now) -> truth.of(at, dev, set, now) ? 1 : no);
    }
    Nodes.@Nullable Num number = number(w.of());
    return number == null ? null : new Feed.OfWindow(slot, w, number);
  }

  private int slot(String metric, Shape.Type type) {
    int slot = shape.indexOf(metric);
    return slot >= 0 && shape.types().get(slot) == type ? slot : -1;
  }

  static boolean isText(Expr e) {
    return switch (e) {
      case Expr.Text t -> true;
      case Expr.Label l -> true;
      case Expr.Metric m -> m.type() == Shape.Type.TEXT;
      case Expr.Choose c -> isText(c.then());
      default -> false;
    };
  }

  static boolean isNumber(Expr e) {
    return switch (e) {
      case Expr.Num n -> true;
      case Expr.Metric m -> m.type() == Shape.Type.NUMBER;
      case Expr.Choose c -> isNumber(c.then());
      case Expr.Param p -> true;
      case Expr.Arith a -> true;
      case Expr.Negate n -> true;
      case Expr.Abs a -> true;
      case Expr.Window w -> true;
      default -> false;
    };
  }

  private static String opposite(String op) {
    return switch (op) {
      case "<" -> ">=";
      case "<=" -> ">";
      case ">" -> "<=";
      case ">=" -> "<";
      case "==" -> "!=";
      default -> "==";
    };
  }
}
