package dev.hologrid.gateway.http;

import io.vertx.core.Future;
import java.util.Map;

/** Mode open: everybody is in, nobody signs in. */
final class OpenSession implements Resource {
  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "getSession",
        call -> Future.succeededFuture(Answer.json(SessionView.of(call.person(), "open"))),
        "beginSession",
        call -> Future.succeededFuture(Answer.noContent()),
        "endSession",
        call -> Future.succeededFuture(Answer.noContent()),
        "setPassword",
        OpenSession::none,
        "makeToken",
        OpenSession::none);
  }

  /** Nobody can be shut out where everybody is in. */
  static Resource admissions() {
    return () -> Map.of("setAccess", OpenSession::none);
  }

  private static Future<Answer> none(Call call) {
    throw new Refused(
        Problem.of(
                409,
                "mode open has no passwords and no tokens and shuts nobody out; set http.mode to"
                    + " password")
            .because("MODE_OPEN"));
  }
}
