package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.kpi.Compared;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Figures beside those of other periods: {@code by, from, to, items[group, name, now, previous,
 * lastYear]}; null where a period has nothing of a group.
 *
 * @param name what a group is called
 * @param figures those of one period
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

  private void set(ObjectNode item, String period, Map<String, C> of, String group) {
    C one = of.get(group);
    item.set(period, one == null ? null : figures.apply(one));
  }
}
