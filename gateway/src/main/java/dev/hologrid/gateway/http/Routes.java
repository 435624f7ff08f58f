package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the contract's operations with what answers them. Order for each: who is it, may the
 * request come from there, may this person use it, are the parameters right, the body, the answer.
 */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final Contract contract;
  private final Gatekeeper gate;
  private final ConnectionWatch watch;
  private final Requests requests;
  private final HttpParts.Keys keys;
  private final long body;

  Routes(
      Contract contract,
      Gatekeeper gate,
      ConnectionWatch watch,
      Requests requests,
      HttpParts.Keys keys,
      long body) {
    this.keys = keys;
    this.contract = contract;
    this.gate = gate;
    this.watch = watch;
    this.requests = requests;
    this.body = body;
  }

  void mount(Router router, List<Resource> resources) {
    router.route().handler(this::head);
    router.route().handler(new Headers());
    Map<String, Endpoint> endpoints = new HashMap<>();
    for (Resource each : resources) {
      endpoints.putAll(each.endpoints());
    }
    for (Operation each : contract.operations().values()) {
      Endpoint endpoint = endpoints.remove(each.id());
      if (endpoint == null) {
        throw new IllegalStateException("nothing answers " + each.id() + " of " + Contract.FILE);
      }
      mount(router, each, endpoint);
    }
    if (!endpoints.isEmpty()) {
      throw new IllegalStateException(Contract.FILE + " does not have " + endpoints.keySet());
    }
    router.route().handler(new StaticFiles());
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500}) {
      router.errorHandler(status, this::failed);
    }
  }

  private void head(RoutingContext context) {
    watch.head(context.request());
    if (context.request().method() == HttpMethod.TRACE
        || context.request().method() == HttpMethod.CONNECT) {
      context.fail(405);
      return;
    }
    if (!mayHaveBody(context)) {
      watch.whole(context.request());
    }
    context.next();
  }

  private static boolean mayHaveBody(RoutingContext context) {
    HttpMethod method = context.request().method();
    return method != HttpMethod.GET && method != HttpMethod.HEAD;
  }

  private void mount(Router router, Operation operation, Endpoint endpoint) {
    at(router, operation).handler(context -> admit(context, operation));
    if (operation.changes()) {
      at(router, operation)
          .handler(
              BodyHandler.create(false)
                  .setBodyLimit(operation.body() > 0 ? operation.body() : body)
                  .setHandleFileUploads(false));
    }
    at(router, operation).handler(context -> answer(context, operation, endpoint));
  }

  private static Route at(Router router, Operation operation) {
    Route route = router.route(HttpMethod.valueOf(operation.method()), operation.route());
    return operation.changes() ? route : route.method(HttpMethod.HEAD);
  }

  private void admit(RoutingContext context, Operation operation) {
    try {
      Person person = gate.identify(context);
      if (operation.guarded()) {
        Origins.check(context.request());
      }
      if (operation.open()) {
        context.put("person", person == null ? Gatekeeper.NOBODY : person);
      } else if (person == null) {
        if (context.request().getHeader("Authorization") != null) {
          note("token-refused", "nobody", context, operation);
        }
        throw new Refused(
            Problem.of(401, "sign in with POST /api/v1/session or send an API token"),
            Map.of("WWW-Authenticate", "Bearer realm=\"hologrid\""));
      } else if (!operation.admits(person)) {
        note("role-refused", person.id(), context, operation);
        throw Refused.forbidden(
            "this needs one of the roles "
                + operation.roles()
                + ", but you have "
                + person.roles());
      } else {
        context.put("person", person);
      }
      operation.check(context.queryParams());
    } catch (RuntimeException e) {
      refuse(context, operation, e);
      return;
    }
    context.next();
  }

  private void note(String what, String who, RoutingContext context, Operation operation) {
    keys.note(what, who, context.request().remoteAddress().hostAddress(), operation.id());
  }

  private void answer(RoutingContext context, Operation operation, Endpoint endpoint) {
    watch.whole(context.request());
    Person person = context.get("person");
    Future<Answer> answer;
    try {
      answer = endpoint.answer(new Call(context, operation, person));
    } catch (RuntimeException e) {
      refuse(context, operation, e);
      return;
    }
    answer
        .onSuccess(done -> send(context, operation, done))
        .onFailure(cause -> refuse(context, operation, cause));
  }

  private void send(RoutingContext context, Operation operation, Answer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten() || response.closed()) {
      return; // the endpoint streams by itself, or the client left
    }
    requests.count(operation, answer.status());
    answer.headers().forEach(response::putHeader);
    if (operation.method().equals("GET") && answer.status() == 200) {
      String own = answer.headers().get("ETag");
      String tag = own == null ? Tags.of(answer.body().getBytes()) : own;
      response.putHeader("ETag", tag);
      if (answer.type().startsWith("application/") && !Paths.volatileText(operation.path())) {
        response.putHeader("Cache-Control", "private, no-cache");
      }
      if (Tags.match(context.request().getHeader("If-None-Match"), tag)) {
        response.setStatusCode(304).end();
        return;
      }
    }
    response.setStatusCode(answer.status());
    if (!answer.type().isEmpty()) {
      response.putHeader("Content-Type", answer.type());
    }
    if (context.request().method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", String.valueOf(answer.body().length())).end();
    } else {
      response.end(answer.body());
    }
  }

  private void refuse(RoutingContext context, Operation operation, Throwable cause) {
    send(context, operation, problem(context, cause));
  }

  private Answer problem(RoutingContext context, @Nullable Throwable cause) {
    Answer answer = plainProblem(context, cause);
    return Paths.open311(context.request().path()) ? open311(context, answer) : answer;
  }

  /** The same in the words that a client of Open311 expects. */
  private static Answer open311(RoutingContext context, Answer problem) {
    Answer answer =
        Open311Format.of(context.request().path())
            .error(problem.status(), Json.read(problem.body()).path("detail").asText());
    for (Map.Entry<String, String> each : problem.headers().entrySet()) {
      answer = answer.with(each.getKey(), each.getValue());
    }
    return answer;
  }

  private Answer plainProblem(RoutingContext context, @Nullable Throwable cause) {
    if (cause instanceof Refused refused) {
      Answer answer = Answer.problem(refused.problem());
      for (Map.Entry<String, String> each : refused.headers().entrySet()) {
        answer = answer.with(each.getKey(), each.getValue());
      }
      return answer;
    }
    String id = context.response().headers().get(Headers.REQUEST);
    LOG.error("request {} {} failed", id, context.request().path(), cause);
    return Answer.problem(
        Problem.of(500, "the server made a mistake; its log names it by request " + id));
  }

  /** Errors of the router itself: no route, too large, not decodable. */
  private void failed(RoutingContext context) {
    int status = context.statusCode() < 0 ? 500 : context.statusCode();
    Throwable cause = context.failure();
    if (cause instanceof HttpException http) {
      status = http.getStatusCode();
    }
    if (status == 404 && !contract.methods(context.request().path()).isEmpty()) {
      status = 405; // the console's route took it for one of its own
    }
    Answer answer =
        status >= 500 || cause instanceof Refused
            ? problem(context, cause)
            : problem(context, new Refused(Problem.of(status, detail(status, context))));
    if (status == 405) {
      answer = answer.with("Allow", String.join(", ", contract.methods(context.request().path())));
    }
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (status == 413) {
      response.putHeader("Connection", "close");
    }
    answer.headers().forEach(response::putHeader);
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.type())
        .end(answer.body());
  }

  private String detail(int status, RoutingContext context) {
    return switch (status) {
      case 404 -> "there is nothing at this address; GET /api/v1/openapi.yaml lists what there is";
      case 405 ->
          "the method "
              + context.request().method().name()
              + " is not known here; see the header Allow";
      case 413 -> "the body is larger than " + body + " bytes; send it in parts";
      default -> "the request cannot be read";
    };
  }
}
