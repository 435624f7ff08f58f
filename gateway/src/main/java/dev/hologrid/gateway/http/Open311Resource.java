package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Attribute;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Category;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Result;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.incident.ServiceRequests;
import dev.hologrid.gateway.incident.ServiceRequests.Details;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Residents' reports by Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): services, requests,
 * tokens, in JSON and XML. Everybody may read and report; what is shown is what the standard has,
 * and nothing of who reported.
 */
final class Open311Resource implements Resource {
  /** Sensors' own kinds, and what people quarrel about, are nothing for a public list. */
  private static final Set<String> NOT_PUBLIC = Set.of("DEVICE", "DISPUTE", "CARE", "SECURITY");

  private static final Person ANYBODY =
      new Person("anonymous", "Anonymous", Set.of(Role.RESIDENT), "-", false, "");
  private static final int PER_ADDRESS = 10;
  private static final int IN_ALL = 600;

  private final HttpParts parts;
  private final ServiceRequests details;
  private final ServiceRequestList list;
  private final TokenBuckets hourly;

  Open311Resource(HttpParts parts) {
    this.parts = parts;
    this.details = parts.work().serviceRequests();
    this.list = new ServiceRequestList(parts, this::service);
    this.hourly = new TokenBuckets(parts.server().clock(), Duration.ofHours(1).toMillis());
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "open311Discovery", this::discovery,
        "open311Services", this::services,
        "open311Service", this::definition,
        "open311Report", this::report,
        "open311Requests", call -> call.off(() -> list.many(call)),
        "open311Request", call -> call.off(() -> list.one(call)),
        "open311Token", call -> call.off(() -> list.token(call)));
  }

  private Catalog catalog() {
    return parts.work().desk().policy().catalog();
  }

  /** A category that residents report, or null. */
  private @Nullable Category service(String code) {
    Category category = catalog().find(code);
    return category == null || NOT_PUBLIC.contains(category.family()) ? null : category;
  }

  private Future<Answer> discovery(Call call) {
    ObjectNode tree = Json.MAPPER.createObjectNode();
    tree.put("changeset", "2026-11-25T00:00:00Z");
    tree.put("contact", "");
    tree.put("key_service", "POST /api/v1/tokens makes a key for whoever is signed in");
    ObjectNode endpoint = tree.putArray("endpoints").addObject();
    endpoint.put("specification", "http://wiki.open311.org/GeoReport_v2");
    endpoint.put("url", base(call.context().request()) + "/open311/v2");
    endpoint.put("changeset", "2026-11-25T00:00:00Z");
    endpoint.put("type", "production");
    endpoint.putArray("formats").add("application/json").add("text/xml");
    return Future.succeededFuture(Open311Format.of(call).answer(200, "discovery", tree));
  }

  private static String base(HttpServerRequest request) {
    return request.scheme() + "://" + request.authority();
  }

  private Future<Answer> services(Call call) {
    ArrayNode tree = Json.MAPPER.createArrayNode();
    for (Category each : catalog().categories()) {
      if (!NOT_PUBLIC.contains(each.family())) {
        tree.addObject()
            .put("service_code", each.code())
            .put("service_name", each.name())
            .put("description", each.nameEn())
            .put("metadata", !catalog().attributes(each.code()).isEmpty())
            .put("type", "realtime")
            .put("keywords", each.nameEn().toLowerCase(Locale.ROOT).replace(' ', ','))
            .put("group", each.family());
      }
    }
    return Future.succeededFuture(Open311Format.of(call).answer(200, "services", tree));
  }

  private Future<Answer> definition(Call call) {
    String code = call.path("code");
    if (service(code) == null) {
      throw Refused.notFound("service_code " + code + " was not found");
    }
    ObjectNode tree = Json.MAPPER.createObjectNode().put("service_code", code);
    ArrayNode attributes = tree.putArray("attributes");
    List<Attribute> asked = catalog().attributes(code);
    for (int i = 0; i < asked.size(); i++) {
      show(attributes.addObject(), asked.get(i), i + 1);
    }
    return Future.succeededFuture(Open311Format.of(call).answer(200, "service_definition", tree));
  }

  private static void show(ObjectNode to, Attribute attribute, int order) {
    to.put("variable", attribute.variable())
        .put("code", attribute.code())
        .put("datatype", attribute.datatype().word())
        .put("required", attribute.required())
        .put("datatype_description", attribute.hint())
        .put("order", order)
        .put("description", attribute.description());
    if (attribute.datatype().isList()) {
      ArrayNode values = to.putArray("values");
      attribute
          .values()
          .forEach((key, name) -> values.addObject().put("key", key).put("name", name));
    }
  }

  private Future<Answer> report(Call call) {
    Open311Format format = Open311Format.of(call);
    String type = call.header("Content-Type");
    if (type == null || !type.contains("form")) {
      throw new Refused(
          Problem.of(415, "send the request as application/x-www-form-urlencoded")
              .at("Content-Type"));
    }
    ServiceForm form = new ServiceForm(call.context().request().formAttributes());
    Person person = person(call, form.text("api_key"));
    Category service = service(form.service());
    if (service == null) {
      throw Refused.notFound("service_code " + form.service() + " was not found");
    }
    Details more = form.details();
    List<String> answers =
        new ServiceAnswers(form.fields(), catalog().attributes(service.code())).lines();
    Opening opening = form.opening(service.name(), parts.area().site().places(), more, answers);
    if (person.id().equals(ANYBODY.id())) {
      spend(call.address());
    }
    return Future.fromCompletionStage(
            parts.work().desk().open(opening, person, call.header("Idempotency-Key")),
            call.context().vertx().getOrCreateContext())
        .compose(
            result ->
                switch (result) {
                  case Result.Refused no -> throw Refused.badRequest("request", no.sentence());
                  case Result.Done done -> call.off(() -> made(format, done.incident(), more));
                });
  }

  private Answer made(Open311Format format, Incident incident, Details more) {
    details.keep(incident.id(), more);
    ArrayNode tree = Json.MAPPER.createArrayNode();
    tree.addObject()
        .put("service_request_id", incident.id())
        .put("service_notice", ServiceRequestList.notice(incident))
        .putNull("account_id");
    return format.answer(201, "service_requests", tree);
  }

  /** By key, else who is signed in on our own pages, else anybody. */
  private Person person(Call call, @Nullable String key) {
    if (key != null) {
      String owner = parts.server().keys().credentials().owner(key);
      Person person = owner == null ? null : parts.work().people().find(owner);
      if (person == null) {
        throw Refused.forbidden("the api_key is not valid");
      }
      return person;
    }
    if (call.person().id().isEmpty()) {
      return ANYBODY;
    }
    Origins.checkSite(call.context().request());
    return call.person();
  }

  private void spend(String address) {
    if (!hourly.take("address " + address, PER_ADDRESS) || !hourly.take("all", IN_ALL)) {
      throw new Refused(
          Problem.of(429, "too many reports without an api_key; try again in an hour, or sign in"),
          Map.of("Retry-After", "3600"));
    }
  }
}
