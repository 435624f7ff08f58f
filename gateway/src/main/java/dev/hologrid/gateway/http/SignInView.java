package dev.hologrid.gateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.openid.OpenId;
import dev.hologrid.gateway.openid.OpenIdConfig;
import org.jspecify.annotations.Nullable;

/** By what one may sign in. */
record SignInView(String mode, boolean password, @JsonProperty("openid") @Nullable Button openId) {
  record Button(String path, OpenIdConfig.Label label, boolean available) {}

  static SignInView of(OpenId openId) {
    OpenIdConfig config = openId.config();
    return new SignInView(
        "password",
        config.passwords(),
        new Button(OpenIdSession.LOGIN, config.label(), openId.check() instanceof Check.Ok));
  }
}
