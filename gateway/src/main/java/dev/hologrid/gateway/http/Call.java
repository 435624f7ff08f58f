package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.incident.Person;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One request, its parameters already checked against the contract. On the event loop only. */
final class Call {
  private static final int PAGE = 100;

  private final RoutingContext context;
  private final Operation operation;
  private final Person person;

  Call(RoutingContext context, Operation operation, Person person) {
    this.context = context;
    this.operation = operation;
    this.person = person;
  }

  Person person() {
    return person;
  }

  Operation operation() {
    return operation;
  }

  RoutingContext context() {
    return context;
  }

  String path(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException(operation.id() + " has no path parameter " + name);
    }
    return value;
  }

  @Nullable String query(String name) {
    String value = context.queryParams().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String query(String name, String otherwise) {
    String value = query(name);
    return value == null ? otherwise : value;
  }

  boolean flag(String name) {
    return "true".equals(query(name));
  }

  int limit() {
    String value = query("limit");
    return value == null ? PAGE : Integer.parseInt(value);
  }

  /** What the cursor marks, or null for the first page. */
  @Nullable String cursor() {
    String value = query("cursor");
    return value == null ? null : Cursor.read(value);
  }

  /** Where the request came from. */
  String address() {
    return context.request().remoteAddress().hostAddress();
  }

  @Nullable String header(String name) {
    return context.request().getHeader(name);
  }

  Buffer raw() {
    Buffer body = context.body() == null ? null : context.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  Body body() {
    JsonNode node = Json.read(raw());
    if (!node.isObject()) {
      throw Refused.badRequest("body", "the body must be a JSON object");
    }
    return new Body(node);
  }

  /** Runs what waits for a disk or a database on another thread. */
  Future<Answer> off(Callable<Answer> work) {
    return context.vertx().executeBlocking(work, false);
  }
}
