package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Mediation;
import dev.hologrid.gateway.incident.Mediation.Organisation;
import dev.hologrid.gateway.incident.Person;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who mediates disputes, where, and with what result. */
final class MediationResource implements Resource {
  private static final int MOST_KINDS = 50;
  private static final Set<String> FIELDS = Set.of("name", "kinds", "place", "phone");
  private final Mediation mediation;
  private final Scopes scopes;

  MediationResource(Mediation mediation, Scopes scopes) {
    this.mediation = mediation;
    this.scopes = scopes;
  }

  /** An organisation with its results; the rate is of the closed ones, null without any. */
  record View(
      String id,
      String name,
      List<String> kinds,
      String place,
      int open,
      int closed,
      int agreed,
      @Nullable Double successRate) {
    static View of(Organisation o, Mediation.Results r) {
      return new View(
          o.id(),
          o.name(),
          o.kinds().stream().sorted().toList(),
          o.place(),
          r.open(),
          r.closed(),
          r.agreed(),
          r.closed() == 0 ? null : (Double) ((double) r.agreed() / r.closed()));
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listMediation", this::list, "setMediation", this::set, "removeMediation", this::remove);
  }

  /** Those that work in the viewer's area, and those above that answer for it too. */
  private boolean near(Person viewer, Organisation each) {
    return scopes.covers(viewer, each.place())
        || scopes.covers(new Person("", "", Set.of(), each.place(), false, ""), viewer.scope());
  }

  private Future<Answer> list(Call call) {
    Person viewer = call.person();
    return call.off(
        () -> {
          Map<String, Mediation.Results> results = mediation.results();
          return Answer.json(
              Page.whole(
                  mediation.all().stream()
                      .filter(each -> near(viewer, each))
                      .map(each -> view(each, results))
                      .toList()));
        });
  }

  private static View view(Organisation each, Map<String, Mediation.Results> results) {
    return View.of(each, results.getOrDefault(each.id(), new Mediation.Results(0, 0, 0)));
  }

  private Future<Answer> set(Call call) {
    Body body = call.body();
    body.only(FIELDS);
    String phone = body.textOrNull("phone");
    Organisation organisation =
        new Organisation(
            call.path("id"),
            body.text("name"),
            new TreeSet<>(body.texts("kinds", MOST_KINDS)),
            body.text("place"),
            phone == null ? "" : phone);
    if (!scopes.covers(call.person(), organisation.place())) {
      throw Refused.forbidden("the place is outside of your area, " + call.person().scope());
    }
    Organisation before = mediation.find(organisation.id());
    if (before != null && !scopes.covers(call.person(), before.place())) {
      throw Refused.forbidden("the organisation is outside of your area");
    }
    return call.off(
        () -> {
          mediation.save(List.of(organisation));
          return Answer.json(view(organisation, mediation.results()));
        });
  }

  private Future<Answer> remove(Call call) {
    String id = call.path("id");
    Organisation before = mediation.find(id);
    if (before == null || !scopes.covers(call.person(), before.place())) {
      throw Refused.notFound("there is no organisation " + id + " that you may see");
    }
    return call.off(
        () -> {
          mediation.remove(id);
          return Answer.noContent();
        });
  }
}
