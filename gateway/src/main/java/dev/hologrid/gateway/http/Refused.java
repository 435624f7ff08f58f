package dev.hologrid.gateway.http;

import java.util.Map;

/** A request is answered with a problem. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;
  private final transient Map<String, String> headers;

  Refused(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  Refused(Problem problem) {
    this(problem, Map.of());
  }

  static Refused badRequest(String field, String detail) {
    return new Refused(Problem.of(400, detail).at(field));
  }

  static Refused notFound(String detail) {
    return new Refused(Problem.of(404, detail));
  }

  static Refused forbidden(String detail) {
    return new Refused(Problem.of(403, detail));
  }

  Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }
}
