package dev.hologrid.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** What a request is answered with. Immutable. */
record Answer(int status, String type, Buffer body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";
  static final String PROBLEM = "application/problem+json; charset=utf-8";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(Object view) {
    return json(200, view);
  }

  static Answer json(int status, Object view) {
    return new Answer(status, JSON, Json.buffer(view), Map.of());
  }

  static Answer noContent() {
    return new Answer(204, "", Buffer.buffer(), Map.of());
  }

  static Answer of(String type, Buffer body) {
    return new Answer(200, type, body, Map.of());
  }

  static Answer problem(Problem problem) {
    return new Answer(problem.status(), PROBLEM, Json.buffer(problem), Map.of());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }
}
