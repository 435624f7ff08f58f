package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.kpi.Compared;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Figures beside those of other periods: {@code by, from, to, items[group, name, now, previous,
 * lastYear]}; null where a period has nothing of a group.
 *
 * @param name what a group is called
 * @param figures those of one period, in the order of the columns of CSV
 */
record ComparedView<C>(UnaryOperator<String> name, Function<C, ObjectNode> figures) {
  ObjectNode of(Compared<?, C> report) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("by", report.by().name().toLowerCase(Locale.ROOT));
    answer.put("from", Json.time(report.span().from()));
    answer.put("to", Json.time(report.span().to()));
    var items = answer.putArray("items");
    for (String each : report.groups()) {
      ObjectNode item = items.addObject().put("group", each).put("name", name.apply(each));
      set(item, "now", report.now(), each);
      set(item, "previous", report.previous(), each);
      set(item, "lastYear", report.lastYear(), each);
    }
    return answer;
  }

  /** The same as CSV: a row for each group and period that has something of it. */
  Answer csv(Compared<?, C> report, String head, String file) {
    StringBuilder csv = new StringBuilder(head);
    for (String each : report.groups()) {
      String begin = Csv.cell(each) + ',' + Csv.cell(name.apply(each));
      row(csv, begin + ",now", report.now().get(each));
      row(csv, begin + ",previous", report.previous().get(each));
      row(csv, begin + ",last_year", report.lastYear().get(each));
    }
    return Answer.of("text/csv; charset=utf-8", Buffer.buffer(csv.toString()))
        .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }

  private void row(StringBuilder csv, String begin, @Nullable C one) {
    if (one == null) {
      return;
    }
    csv.append(begin);
    for (JsonNode each : figures.apply(one)) {
      csv.append(',').append(cell(each));
    }
    csv.append("\r\n");
  }

  private static String cell(JsonNode figure) {
    if (figure.isNull()) {
      return "";
    }
    return figure.isFloatingPointNumber()
        ? String.format(Locale.ROOT, "%.4f", figure.doubleValue())
        : figure.asText();
  }

  /** A share, or null of nothing. */
  static void rate(ObjectNode to, String key, long part, long whole) {
    if (whole == 0) {
      to.putNull(key);
    } else {
      to.put(key, (double) part / whole);
    }
  }

  private void set(ObjectNode item, String period, Map<String, C> of, String group) {
    C one = of.get(group);
    item.set(period, one == null ? null : figures.apply(one));
  }
}
