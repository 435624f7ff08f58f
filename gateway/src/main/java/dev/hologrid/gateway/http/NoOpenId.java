package dev.hologrid.gateway.http;

import io.vertx.core.Future;
import java.util.Map;

/** No provider is set. */
final class NoOpenId implements Resource {
  private final String mode;

  /**
   * Says so.
   *
   * @param mode the word for who may come in instead
   */
  NoOpenId(String mode) {
    this.mode = mode;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    SignInView view = new SignInView(mode, mode.equals("password"), null);
    return Map.of(
        "getSignIn",
        call -> Future.succeededFuture(Answer.json(view)),
        "beginOpenId",
        this::none,
        "finishOpenId",
        this::none,
        "hearOpenIdLogout",
        this::none);
  }

  private Future<Answer> none(Call call) {
    throw new Refused(
        Problem.of(409, "this server has no OpenID provider; set openid.issuer")
            .because("NO_OPENID"));
  }
}
