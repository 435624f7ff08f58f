package dev.hologrid.rules.engine;

import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition taken apart, to tell what each part came to when an alert fires. Compiled once:
 * alerts come in crowds.
 */
final class Terms {
  /** A part of the condition, and what tells its value. */
  private record Part(int depth, String text, Worth worth) {}

  private interface Worth {
    Object of(Frame frame);
  }

  private final ConditionCompiler compiler;
  private final List<Part> parts = new ArrayList<>();

  /** The condition and its parts, outermost first, for readings of the compiler's shape. */
  Terms(Expr condition, int depth, ConditionCompiler compiler) {
    this.compiler = compiler;
    take(condition, depth);
  }

  /** What they come to; {@code frame} looks at the reading. */
  List<Term> of(Frame frame) {
    Term[] all = new Term[parts.size()];
    for (int i = 0; i < all.length; i++) {
      Part part = parts.get(i);
      all[i] = new Term(part.depth, part.text, part.worth.of(frame));
    }
    return List.of(all);
  }

  private void take(Expr e, int depth) {
    switch (e) {
      case Expr.Num n -> {}
      case Expr.Text t -> {}
      case Expr.Bool b -> {}
      default -> {
        parts.add(new Part(depth, e.text(), worth(e)));
        if (!(e instanceof Expr.Window)) {
          e.children().forEach(child -> take(child, depth + 1));
        }
      }
    }
  }

  private Worth worth(Expr e) {
    if (ConditionCompiler.isText(e)) {
      Nodes.@Nullable Text text = compiler.text(e);
      return frame -> {
        String value = text == null ? null : text.of(frame);
        return value == null ? Term.NOT_SAID : value;
      };
    }
    if (ConditionCompiler.isNumber(e)) {
      Nodes.@Nullable Num number = compiler.number(e);
      return frame -> {
        double value = number == null ? Double.NaN : number.of(frame);
        return Double.isNaN(value) ? Term.NOT_SAID : value;
      };
    }
    Nodes.Truth truth = compiler.truth(e);
    return truth::of;
  }
}
