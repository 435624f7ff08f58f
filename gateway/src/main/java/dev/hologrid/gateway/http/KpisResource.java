package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Category;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Indicator;
import dev.hologrid.gateway.incident.kpi.Kpi;
import dev.hologrid.gateway.incident.kpi.KpiCsv;
import dev.hologrid.gateway.incident.kpi.KpiGroup;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.Site;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** The grid's indicators, with the periods that they are compared with. */
final class KpisResource implements Resource {
  private final KpiQueries queries;
  private final Catalog catalog;
  private final Site site;
  private final Clock clock;
  private final Scopes scopes;

  KpisResource(KpiQueries queries, HttpParts parts, Scopes scopes) {
    this.queries = queries;
    this.site = parts.area().site();
    this.catalog = parts.work().desk().policy().catalog();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "getKpis", this::json, "exportKpis", this::csv, "getKpiDefinitions", this::definitions);
  }

  /** What is asked for, its border already within the viewer's scope. */
  private record Question(KpiGroup by, Border border, Span span) {}

  private Question question(Call call) {
    KpiGroup by = KpiGroup.valueOf(call.query("by", "all").toUpperCase(Locale.ROOT));
    Border border = scopes.border(call);
    return new Question(by, border, span(call, by));
  }

  private Span span(Call call, KpiGroup by) {
    Span span = Spans.of(call, clock.instant(), queries.zone());
    return by.isTime() ? Spans.parted(span, by == KpiGroup.MONTH) : span;
  }

  private Future<Answer> json(Call call) {
    Question q = question(call);
    return call.off(() -> Answer.json(view(queries.report(q.by(), q.border(), q.span()))));
  }

  private Future<Answer> csv(Call call) {
    Question q = question(call);
    return call.off(
        () ->
            Answer.of(
                    "text/csv; charset=utf-8",
                    Buffer.buffer(KpiCsv.of(queries.report(q.by(), q.border(), q.span()))))
                .with("Content-Disposition", "attachment; filename=\"kpis.csv\""));
  }

  private Future<Answer> definitions(Call call) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    var items = answer.putArray("items");
    for (Indicator each : Indicator.values()) {
      items
          .addObject()
          .put("key", each.key())
          .put("name", each.chinese())
          .put("formula", each.formula());
    }
    return Future.succeededFuture(Answer.json(answer));
  }

  private ObjectNode view(Compared<KpiGroup, Kpi> report) {
    return new ComparedView<Kpi>(each -> name(report.by(), each), KpisResource::view).of(report);
  }

  private String name(KpiGroup by, String group) {
    return switch (by) {
      case TOWN, COMMUNITY, GRID -> {
        Place place = site.places().place(group);
        yield place == null ? group : place.name();
      }
      case CATEGORY -> {
        Category category = catalog.find(group);
        yield category == null ? group : category.name();
      }
      default -> group;
    };
  }

  /** The counts, then the rates; null where nothing could have happened. */
  private static ObjectNode view(Kpi kpi) {
    ObjectNode view = Json.MAPPER.valueToTree(kpi);
    for (Indicator each : Indicator.values()) {
      double value = each.of(kpi);
      if (Double.isNaN(value)) {
        view.putNull(each.key());
      } else {
        view.put(each.key(), value);
      }
    }
    return view;
  }
}
