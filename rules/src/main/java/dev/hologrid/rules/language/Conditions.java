package dev.hologrid.rules.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.hologrid.rules.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses and type-checks conditions with CEL and turns them into {@link Expr}. */
final class Conditions {
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']+)'", Pattern.CASE_INSENSITIVE);

  private static final Pattern OVERLOAD =
      Pattern.compile("no matching overload for '([^']+)' applied to '(?:(\\w+)\\.)?\\((.*)\\)'");
  private static final Pattern INPUT =
      Pattern.compile(
          "(?:mismatched|extraneous|no viable alternative at) input '(.+?)'(?: expecting|$)");
  private static final Pattern TOKEN = Pattern.compile("token recognition error at: '(.+)'$");

  /** What people write who know other languages, and what it is here. */
  private static final Map<String, String> MEANT =
      Map.of(
          "and", "write &&",
          "or", "write ||",
          "not", "write !",
          "for", "'for' is a key of its own, beside 'expr'",
          "=", "== compares");

  private static final Set<String> UNITS = Set.of("ms", "s", "m", "h", "d", "w");

  private static final Set<String> OF_TEXTS =
      Set.of("startsWith", "endsWith", "contains", "matches");

  private final Vocabulary vocabulary;
  private final Set<String> params;
  private final CelCompiler compiler;

  Conditions(Vocabulary vocabulary, Set<String> params) {
    this.vocabulary = vocabulary;
    this.params = Set.copyOf(params);
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
            .addFunctionDeclarations(Functions.declarations());
    vocabulary.metrics().forEach((name, type) -> builder.addVar(name, celType(type)));
    for (String param : params) {
      if (!vocabulary.metrics().containsKey(param)) {
        builder.addVar(param, SimpleType.DOUBLE);
      }
    }
    compiler = builder.build();
  }

  /** The condition, or null with every issue reported. */
  @Nullable Expr condition(Spot spot, Issues issues) {
    CelValidationResult result = compiler.compile(spot.text());
    if (result.hasError()) {
      for (CelIssue issue : result.getErrors()) {
        report(issue, spot, issues);
      }
      return null;
    }
    try {
      CelAbstractSyntaxTree ast = result.getAst();
      if (!ast.getResultType().equals(SimpleType.BOOL)) {
        issues.add(spot, "a condition must be true or false, but this is a " + name(ast), "");
        return null;
      }
      return new Translation(ast, vocabulary, params).expr(ast.getExpr());
    } catch (Translation.NotSupported e) {
      issues.add(spot.within(offset(result, e.expr)), e.sentence, "");
      return null;
    } catch (CelValidationException e) {
      issues.add(spot, String.valueOf(e.getMessage()), "");
      return null;
    }
  }

  private static String name(CelAbstractSyntaxTree ast) {
    CelType type = ast.getResultType();
    boolean number = type.equals(SimpleType.DOUBLE) || type.equals(SimpleType.INT);
    return number ? "number" : type.equals(SimpleType.STRING) ? "text" : type.name();
  }

  private static int offset(CelValidationResult result, CelExpr expr) {
    Integer at = result.getSource().getPositionsMap().get(expr.id());
    return at == null ? 0 : at;
  }

  private void report(CelIssue issue, Spot spot, Issues issues) {
    CelSourceLocation at = issue.getSourceLocation();
    Spot where = spot.within(offset(spot.text(), at));
    String message = issue.getMessage().replace(" (in container '')", "");
    int candidates = message.indexOf(" (candidates:");
    message = candidates < 0 ? message : message.substring(0, candidates);
    Matcher matcher = UNDECLARED.matcher(message);
    if (!matcher.find()) {
      Matcher overload = OVERLOAD.matcher(message);
      if (overload.find()) {
        overload(where, overload, issues);
      } else {
        syntax(where, message, issues);
      }
      return;
    }
    String wrong = matcher.group(1);
    int offset = offset(spot.text(), at);
    if (spot.text().startsWith(wrong + "(", offset - wrong.length())) {
      where = spot.within(offset - wrong.length());
      issues.add(where, "no function is named '" + wrong + "'", Nearest.hint(wrong, Functions.ALL));
    } else {
      List<String> known = new ArrayList<>(new TreeSet<>(vocabulary.metrics().keySet()));
      known.addAll(params);
      String hint = Nearest.hint(wrong, known);
      issues.add(
          where,
          "no metric or param is named '" + wrong + "'",
          hint.isEmpty() ? "declare it under metrics: with its type" : hint);
    }
  }

  /** What CEL calls an overload is, to who writes rules, a thing of the wrong type. */
  private static void overload(Spot where, Matcher overload, Issues issues) {
    String name = overload.group(1);
    String target = overload.group(2) == null ? "" : overload.group(2) + ", ";
    String types =
        (target + overload.group(3))
            .replaceAll("double|int", "a number")
            .replace("string", "a text")
            .replace("bool", "true or false")
            .replaceAll("list\\(.*\\)", "a list")
            .replace(", ", " and ");
    String operator = name.replaceAll("^@|_", "");
    String hint =
        switch (operator) {
          case "in" -> "a list in brackets follows, such as event in ['fire', 'smoke']";
          case "[]" -> "";
          default -> "numbers go with numbers, texts are in quotes";
        };
    if (OF_TEXTS.contains(name)) {
      hint = "such as event." + name + "('door')";
    }
    if (Functions.WINDOWS.contains(name)) {
      hint = "a value and a duration, such as " + name + "(temperature, '60s')";
      hint = name.equals("quantile") ? "such as quantile(rssi, '1h', 0.9)" : hint;
    }
    issues.add(where, "'" + operator + "' does not take " + types, hint);
  }

  /** The parser's complaint without its list of all that it would have liked. */
  private static void syntax(Spot where, String message, Issues issues) {
    if (message.contains("'<EOF>'")) {
      issues.add(where, "the condition ends too early", "");
      return;
    }
    Matcher token = TOKEN.matcher(message);
    Matcher input = INPUT.matcher(message);
    if (token.find()) {
      String found = token.group(1).strip();
      boolean open = found.startsWith("'") || found.startsWith("\"");
      issues.add(
          where,
          open ? "a text without its closing quote" : "unexpected '" + found + "'",
          MEANT.getOrDefault(found, ""));
    } else if (input.find()) {
      String found = input.group(1);
      String quoted = found.startsWith("'") || found.startsWith("\"") ? found : "'" + found + "'";
      String hint = MEANT.getOrDefault(found.toLowerCase(Locale.ROOT), "");
      if (UNITS.contains(found)) {
        hint = "a duration is in quotes, such as '5" + found + "'";
      }
      issues.add(where, "unexpected " + quoted, hint);
    } else if (message.contains("does not support field selection")) {
      issues.add(where, "values have no fields", "texts have functions: event.startsWith('door')");
    } else {
      issues.add(where, message, "");
    }
  }

  private static int offset(String text, CelSourceLocation at) {
    int start = 0;
    for (int line = 1; line < at.getLine(); line++) {
      int next = text.indexOf('\n', start);
      if (next < 0) {
        break;
      }
      start = next + 1;
    }
    return Math.min(text.length(), Math.max(0, start + at.getColumn()));
  }

  private static CelType celType(Shape.Type type) {
    return switch (type) {
      case NUMBER -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case TEXT -> SimpleType.STRING;
    };
  }
}
