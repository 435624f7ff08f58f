package dev.hologrid.rules.engine;

import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a condition apart to tell what each part came to; only when an alert fires. */
final class Terms {
  private final ConditionCompiler compiler;
  private final Frame frame;
  private final List<Term> all = new ArrayList<>();

  private Terms(ConditionCompiler compiler, Frame frame) {
    this.compiler = compiler;
    this.frame = frame;
  }

  /** The condition and its parts, outermost first; {@code frame} looks at the reading. */
  static List<Term> of(Expr condition, int depth, CompiledRule rule, Frame frame) {
    Terms terms =
        new Terms(new ConditionCompiler(frame.reading().shape(), rule.windows, rule.params), frame);
    terms.take(condition, depth);
    return terms.all;
  }

  private void take(Expr e, int depth) {
    switch (e) {
      case Expr.Num n -> {}
      case Expr.Text t -> {}
      case Expr.Bool b -> {}
      default -> {
        all.add(new Term(depth, e.text(), value(e)));
        if (!(e instanceof Expr.Window)) {
          e.children().forEach(child -> take(child, depth + 1));
        }
      }
    }
  }

  private Object value(Expr e) {
    if (ConditionCompiler.isText(e)) {
      Nodes.@Nullable Text text = compiler.text(e);
      String value = text == null ? null : text.of(frame);
      return value == null ? Term.NOT_SAID : value;
    }
    if (ConditionCompiler.isNumber(e)) {
      Nodes.@Nullable Num number = compiler.number(e);
      double value = number == null ? Double.NaN : number.of(frame);
      return Double.isNaN(value) ? Term.NOT_SAID : value;
    }
    return compiler.truth(e).of(frame);
  }
}
