package dev.hologrid.rules.language;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The functions that conditions may call beside CEL's own operators. */
public final class Functions {
  /** Functions over a window of event time: {@code fn(value, 'duration')}. */
  public static final Set<String> WINDOWS =
      Set.of(
          "avg",
          "min",
          "max",
          "sum",
          "count",
          "stddev",
          "rate",
          "delta",
          "changes",
          "last",
          "quantile",
          "baseline",
          "deviation");

  /** Every name that can be called, for suggestions. */
  static final Set<String> ALL =
      Set.of(
          "avg",
          "min",
          "max",
          "sum",
          "count",
          "stddev",
          "rate",
          "delta",
          "changes",
          "last",
          "quantile",
          "baseline",
          "deviation",
          "abs",
          "label",
          "present",
          "startsWith",
          "endsWith",
          "contains",
          "matches");

  private static final CelType NUMBER = SimpleType.DOUBLE;
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType TRUTH = SimpleType.BOOL;

  private Functions() {}

  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> all = new ArrayList<>();
    for (String fn : WINDOWS) {
      List<CelOverloadDecl> forms = new ArrayList<>();
      if (fn.equals("quantile")) {
        forms.add(newGlobalOverload("quantile_of", NUMBER, NUMBER, TEXT, NUMBER));
        forms.add(newGlobalOverload("quantile_end", NUMBER, NUMBER, TEXT, SimpleType.INT));
      } else {
        forms.add(newGlobalOverload(fn + "_number", NUMBER, NUMBER, TEXT));
      }
      if (fn.equals("count") || fn.equals("changes") || fn.equals("avg") || fn.equals("sum")) {
        forms.add(newGlobalOverload(fn + "_truth", NUMBER, TRUTH, TEXT));
      }
      if (fn.equals("count") || fn.equals("changes")) {
        forms.add(newGlobalOverload(fn + "_text", NUMBER, TEXT, TEXT));
      }
      all.add(newFunctionDeclaration(fn, forms));
    }
    all.add(newFunctionDeclaration("abs", newGlobalOverload("abs_number", NUMBER, NUMBER)));
    all.add(newFunctionDeclaration("label", newGlobalOverload("label_text", TEXT, TEXT)));
    all.add(
        newFunctionDeclaration(
            "present",
            newGlobalOverload("present_number", TRUTH, NUMBER),
            newGlobalOverload("present_truth", TRUTH, TRUTH),
            newGlobalOverload("present_text", TRUTH, TEXT)));
    all.add(
        newFunctionDeclaration(
            "_==_",
            newGlobalOverload("equals_double_whole", TRUTH, NUMBER, SimpleType.INT),
            newGlobalOverload("equals_whole_double", TRUTH, SimpleType.INT, NUMBER)));
    all.add(
        newFunctionDeclaration(
            "_!=_",
            newGlobalOverload("differs_double_whole", TRUTH, NUMBER, SimpleType.INT),
            newGlobalOverload("differs_whole_double", TRUTH, SimpleType.INT, NUMBER)));
    all.add(
        newFunctionDeclaration(
            "@in",
            newGlobalOverload("in_whole_numbers", TRUTH, NUMBER, ListType.create(SimpleType.INT))));
    // As a person writes it: obscuration * 2, not obscuration * 2.0.
    String[][] mixed = {
      {"_+_", "add"}, {"_-_", "subtract"}, {"_*_", "multiply"}, {"_/_", "divide"}, {"_%_", "rest"}
    };
    for (String[] op : mixed) {
      all.add(
          newFunctionDeclaration(
              op[0],
              newGlobalOverload(op[1] + "_double_whole", NUMBER, NUMBER, SimpleType.INT),
              newGlobalOverload(op[1] + "_whole_double", NUMBER, SimpleType.INT, NUMBER)));
    }
    all.add(
        newFunctionDeclaration("_%_", newGlobalOverload("rest_doubles", NUMBER, NUMBER, NUMBER)));
    return all;
  }
}
