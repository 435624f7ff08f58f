package dev.hologrid.rules.engine;

import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertId;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts an alert's words and labels together. */
final class Composer {
  private Composer() {}

  static Alert compose(Activation a, @Nullable Long endedAt) {
    Rule.Notice notice = a.rule.rule.notice();
    Map<String, String> labels = labels(a);
    return new Alert(
        new AlertId(a.rule.name(), a.subject.id(), a.offset),
        a.severity,
        notice.category(),
        a.subject.place(),
        a.startedAt,
        endedAt,
        value(a),
        labels,
        annotations(a, labels),
        a.because,
        a.rule.rule.version(),
        terms(a));
  }

  private static List<Term> terms(Activation a) {
    if (a.levelTerms.isEmpty()) {
      return a.terms;
    }
    List<Term> all = new ArrayList<>(a.terms);
    all.addAll(a.levelTerms);
    return all;
  }

  private static Map<String, String> annotations(Activation a, Map<String, String> labels) {
    Map<String, String> texts = a.rule.rule.notice().annotations();
    if (texts.isEmpty()) {
      return Map.of();
    }
    Map<String, String> filled = new TreeMap<>();
    texts.forEach((key, text) -> filled.put(key, Texts.fill(text, n -> fill(n, a, labels))));
    return filled;
  }

  private static double value(Activation a) {
    Reading last = a.told;
    int slot = last == null || a.silent ? -1 : last.shape().indexOf(a.rule.primary);
    return last == null || slot < 0 ? Double.NaN : last.number(slot);
  }

  private static Map<String, String> labels(Activation a) {
    boolean plain =
        a.raises <= 1
            && a.rule.rule.notice().groupBy().isEmpty()
            && a.subject instanceof DeviceState device
            && device.device.labels().isEmpty();
    // Most devices have no labels of their own: their alerts share one map.
    return plain ? a.rule.labels(((DeviceState) a.subject).device.kind()) : ownLabels(a);
  }

  private static Map<String, String> ownLabels(Activation a) {
    Map<String, String> labels = new TreeMap<>();
    if (a.subject instanceof DeviceState device) {
      labels.putAll(device.device.labels());
      labels.put("kind", device.device.kind());
    }
    Rule.Notice notice = a.rule.rule.notice();
    labels.putAll(notice.labels());
    if (a.raises > 1) {
      labels.put("raises", Integer.toString(a.raises));
    }
    if (!notice.groupBy().isEmpty()) {
      List<String> parts = new ArrayList<>();
      for (String key : notice.groupBy()) {
        parts.add(key.equals("category") ? notice.category() : fill(key, a, labels));
      }
      labels.put("group", String.join("/", parts));
    }
    return labels;
  }

  private static String fill(String name, Activation a, Map<String, String> labels) {
    return switch (name) {
      case "value" -> number(value(a));
      case "device", "subject" -> a.subject.id();
      case "place" -> a.subject.place();
      case "rule" -> a.rule.name();
      case "kind" -> labels.getOrDefault("kind", "");
      case "severity" -> a.severity.name().toLowerCase(Locale.ROOT);
      case "count" -> Integer.toString(a.because.size());
      case "district", "town", "community", "grid", "building", "floor" ->
          level(a.subject, PlaceLevel.valueOf(name.toUpperCase(Locale.ROOT)));
      default -> name.startsWith("labels.") ? label(name, labels) : metric(name, a, labels);
    };
  }

  private static String label(String name, Map<String, String> labels) {
    return labels.getOrDefault(name.substring("labels.".length()), "");
  }

  private static String metric(String name, Activation a, Map<String, String> labels) {
    Reading last = a.told;
    int slot = last == null ? -1 : last.shape().indexOf(name);
    if (last == null || slot < 0) {
      return labels.getOrDefault(name, "");
    }
    Object value = last.value(slot);
    return value instanceof Double number ? number(number) : value.toString();
  }

  private static String level(Subject subject, PlaceLevel level) {
    if (subject instanceof DeviceState device) {
      PlaceState place = device.placeAt(level);
      return place == null ? "" : place.code;
    }
    PlaceState place = ((PlaceState) subject).at(level);
    return place == null ? "" : place.code;
  }

  /** At most three decimals, none where none are needed. */
  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    return BigDecimal.valueOf(value)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
