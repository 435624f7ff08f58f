package dev.hologrid.gateway.openid;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * From a code to a person: asks the provider's token endpoint, and its UserInfo endpoint for what
 * the ID token lacks. Nothing of the access token is kept. Blocks.
 *
 * @param config who we are
 * @param calls how the provider is asked
 */
record Exchange(OpenIdConfig config, ProviderCalls calls) {
  Identity identity(Provider provider, String code, Login login, Instant now)
      throws SignInRefused, IOException {
    try {
      OIDCTokens tokens = tokens(provider, code, login);
      JWT token = tokens.getIDToken();
      IDTokenClaimsSet claims =
          new TokenCheck(provider, config.client().id(), now)
              .idToken(token, login.nonce(), tokens.getAccessToken());
      return new Identity(
          provider.issuer().getValue(),
          claims.getSubject().getValue(),
          claims(provider, claims, tokens.getAccessToken()),
          claims.getSessionID() == null ? "" : claims.getSessionID().getValue(),
          token.getParsedString(),
          login.page());
    } catch (ParseException e) {
      throw new SignInRefused(Reason.TOKEN_INVALID, "its answer cannot be read: " + e.getMessage());
    }
  }

  private OIDCTokens tokens(Provider provider, String code, Login login)
      throws SignInRefused, IOException, ParseException {
    TokenRequest request =
        new TokenRequest.Builder(
                provider.metadata().getTokenEndpointURI(),
                provider.authentication(config.client()),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code),
                    config.redirect(),
                    new CodeVerifier(login.verifier())))
            .build();
    TokenResponse response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(calls));
    if (!response.indicatesSuccess()) {
      ErrorObject error = response.toErrorResponse().getErrorObject();
      String word =
          error.getCode() == null ? "status " + error.getHTTPStatusCode() : error.getCode();
      throw new SignInRefused(
          OAuth2Error.INVALID_GRANT.getCode().equals(error.getCode())
              ? Reason.CODE_REFUSED
              : Reason.PROVIDER_REFUSED,
          "its token endpoint answered " + word);
    }
    OIDCTokens tokens = (OIDCTokens) response.toSuccessResponse().getTokens();
    if (tokens.getIDToken() == null) {
      throw new SignInRefused(Reason.TOKEN_INVALID, "there is no ID token");
    }
    return tokens;
  }

  /** Those of the token, and where it lacks what the rules need those of the UserInfo endpoint. */
  private Map<String, Object> claims(Provider provider, IDTokenClaimsSet token, AccessToken access)
      throws SignInRefused, IOException, ParseException {
    Map<String, Object> all = new HashMap<>(token.toJWTClaimsSet().getClaims());
    URI more = provider.userInfo();
    if (!config.rules().complete(all) && more != null && access != null) {
      UserInfoResponse response =
          UserInfoResponse.parse(new UserInfoRequest(more, access).toHTTPRequest().send(calls));
      UserInfo info =
          response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
      if (info == null) {
        throw new SignInRefused(
            Reason.PROVIDER_REFUSED, "its UserInfo endpoint tells nothing of the person");
      }
      if (!info.getSubject().equals(token.getSubject())) {
        throw new SignInRefused(
            Reason.TOKEN_INVALID, "its UserInfo endpoint tells of another person");
      }
      info.toJWTClaimsSet().getClaims().forEach(all::putIfAbsent);
    }
    all.values().removeIf(each -> each == null);
    return all;
  }
}
