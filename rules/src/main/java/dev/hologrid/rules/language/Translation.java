package dev.hologrid.rules.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.hologrid.rules.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** From CEL's checked tree to ours; what our engine has no plan for is refused by name. */
final class Translation {
  /** A part of CEL that conditions do not have, at the node that uses it. */
  static final class NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient CelExpr expr;
    final String sentence;

    NotSupported(CelExpr expr, String sentence) {
      super(sentence);
      this.expr = expr;
      this.sentence = sentence;
    }
  }

  private final CelAbstractSyntaxTree ast;
  private final Vocabulary vocabulary;
  private final Set<String> params;

  Translation(CelAbstractSyntaxTree ast, Vocabulary vocabulary, Set<String> params) {
    this.ast = ast;
    this.vocabulary = vocabulary;
    this.params = params;
  }

  Expr expr(CelExpr e) {
    return switch (e.getKind()) {
      case CONSTANT -> constant(e, e.constant());
      case IDENT -> ident(e, e.ident().name());
      case CALL -> call(e, e.call());
      default ->
          throw new NotSupported(
              e, "conditions have no " + e.getKind().name().toLowerCase(java.util.Locale.ROOT));
    };
  }

  private Expr ident(CelExpr e, String name) {
    Shape.Type type = vocabulary.metrics().get(name);
    if (type != null) {
      return new Expr.Metric(name, type);
    }
    if (params.contains(name)) {
      return new Expr.Param(name);
    }
    throw new NotSupported(e, "'" + name + "' is a type, not a value");
  }

  private Expr constant(CelExpr e, CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> new Expr.Bool(constant.booleanValue());
      case INT64_VALUE -> new Expr.Num(constant.int64Value());
      case UINT64_VALUE -> new Expr.Num(constant.uint64Value().doubleValue());
      case DOUBLE_VALUE -> new Expr.Num(constant.doubleValue());
      case STRING_VALUE -> new Expr.Text(constant.stringValue());
      default -> throw new NotSupported(e, "conditions have numbers, texts, true and false only");
    };
  }

  private Expr call(CelExpr e, CelExpr.CelCall call) {
    List<CelExpr> args = new ArrayList<>(call.args());
    call.target().ifPresent(target -> args.add(0, target));
    String fn = call.function();
    return switch (fn) {
      case "_&&_" -> new Expr.And(expr(args.get(0)), expr(args.get(1)));
      case "_||_" -> new Expr.Or(expr(args.get(0)), expr(args.get(1)));
      case "!_" -> new Expr.Not(expr(args.get(0)));
      case "-_" -> negate(expr(args.get(0)));
      case "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_" ->
          new Expr.Compare(fn.substring(1, fn.length() - 1), expr(args.get(0)), expr(args.get(1)));
      case "_+_", "_-_", "_*_", "_/_", "_%_" -> arithmetic(e, fn.substring(1, 2), args);
      case "_?_:_" -> new Expr.Choose(expr(args.get(0)), expr(args.get(1)), expr(args.get(2)));
      case "@in", "_in_" -> in(e, args);
      case "startsWith", "endsWith", "contains", "matches" ->
          new Expr.TextTest(fn, expr(args.get(0)), argument(fn, args.get(1)));
      case "abs" -> new Expr.Abs(expr(args.get(0)));
      case "label" -> new Expr.Label(literal(args.get(0), "label takes a name in quotes"));
      case "present" -> present(args.get(0));
      default -> {
        if (Functions.WINDOWS.contains(fn)) {
          yield window(fn, args);
        }
        throw new NotSupported(e, "conditions have no function '" + fn + "'");
      }
    };
  }

  private static Expr negate(Expr of) {
    return of instanceof Expr.Num n ? new Expr.Num(-n.value()) : new Expr.Negate(of);
  }

  private Expr arithmetic(CelExpr e, String op, List<CelExpr> args) {
    String type = ast.getTypeOrThrow(e.id()).name();
    if (!type.equals("double") && !type.equals("int")) {
      throw new NotSupported(e, "'" + op + "' works on numbers only");
    }
    return new Expr.Arith(op, expr(args.get(0)), expr(args.get(1)));
  }

  private Expr in(CelExpr e, List<CelExpr> args) {
    if (args.get(1).getKind() != CelExpr.ExprKind.Kind.LIST) {
      throw new NotSupported(e, "'in' takes a list in brackets");
    }
    List<Expr> options = new ArrayList<>();
    for (CelExpr option : args.get(1).list().elements()) {
      if (option.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
        throw new NotSupported(option, "the list after 'in' holds plain values only");
      }
      options.add(constant(option, option.constant()));
    }
    return new Expr.In(expr(args.get(0)), options);
  }

  private Expr present(CelExpr arg) {
    if (expr(arg) instanceof Expr.Metric metric) {
      return new Expr.Present(metric.name());
    }
    throw new NotSupported(arg, "present takes the name of a metric");
  }

  private Expr window(String fn, List<CelExpr> args) {
    Expr of = expr(args.get(0));
    of.walk(
        inner -> {
          if (inner instanceof Expr.Window) {
            throw new NotSupported(args.get(0), "a window cannot look into another window");
          }
        });
    String duration = literal(args.get(1), fn + " takes a duration in quotes, such as '60s'");
    OptionalLong millis = Durations.parse(duration);
    if (millis.isEmpty() || millis.getAsLong() == 0) {
      throw new NotSupported(
          args.get(1), "'" + duration + "' is not a duration such as 500ms, 60s, 15m, 1h30m or 7d");
    }
    double q = 0;
    if (fn.equals("quantile")) {
      if (!(expr(args.get(2)) instanceof Expr.Num n) || n.value() < 0 || n.value() > 1) {
        throw new NotSupported(args.get(2), "a quantile is a number from 0.0 to 1.0");
      }
      q = n.value();
    }
    return new Expr.Window(fn, of, millis.getAsLong(), q);
  }

  private String argument(String fn, CelExpr arg) {
    String text = literal(arg, fn + " takes a text in quotes");
    if (fn.equals("matches")) {
      try {
        Pattern unused = Pattern.compile(text);
      } catch (PatternSyntaxException broken) {
        throw new NotSupported(arg, "not a regular expression: " + broken.getDescription());
      }
    }
    return text;
  }

  private static String literal(CelExpr arg, String sentence) {
    if (arg.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && arg.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      return arg.constant().stringValue();
    }
    throw new NotSupported(arg, sentence);
  }
}
