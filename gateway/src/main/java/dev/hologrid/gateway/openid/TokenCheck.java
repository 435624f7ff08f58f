package dev.hologrid.gateway.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a provider has signed is meant for us, now (OpenID Connect Core 1.0, 3.1.3.7). The
 * library checks signature, {@code iss}, {@code aud}, {@code exp}, {@code iat} and nonce; {@code
 * nbf}, {@code at_hash} and {@code azp} are checked here. Blocks while keys are fetched.
 *
 * @param client whom it must be meant for
 */
record TokenCheck(Provider provider, String client, Instant now) {
  /** A logout token is good for so long, and its id remembered as long. */
  static final Duration LOGOUT_KEPT = Duration.ofMinutes(5);

  private static final Duration SKEW = Duration.ofSeconds(30);

  /** Not every provider writes {@code typ: logout+jwt} yet; the claim {@code events} is in all. */
  private static final boolean TYPED = false;

  /**
   * What the ID token says.
   *
   * @param nonce that it must hold
   * @param access came with it; a hash of it must be right where there is one
   * @throws IOException when the keys cannot be had
   */
  IDTokenClaimsSet idToken(JWT token, String nonce, @Nullable AccessToken access)
      throws SignInRefused, IOException {
    IDTokenValidator validator =
        new IDTokenValidator(provider.issuer(), new ClientID(client), provider.keys(), null);
    validator.setMaxClockSkew((int) SKEW.toSeconds());
    IDTokenClaimsSet claims;
    try {
      claims = validator.validate(token, new Nonce(nonce));
    } catch (KeySourceException e) {
      throw unknownKey(e);
    } catch (BadJOSEException | JOSEException e) {
      throw invalid("is refused: " + e.getMessage());
    }
    Date from = claims.getDateClaim("nbf");
    if (from != null && from.toInstant().isAfter(now.plus(SKEW))) {
      throw invalid("does not hold yet");
    }
    AuthorizedParty party = claims.getAuthorizedParty();
    if (claims.getAudience().size() > 1 && party == null) {
      throw invalid("is for several and does not say for whom (azp)");
    }
    if (party != null && !party.getValue().equals(client)) {
      throw invalid("is for another of its audience (azp)");
    }
    checkHash(claims.getAccessTokenHash(), token, access);
    return claims;
  }

  /**
   * What a logout token says (OpenID Connect Back-Channel Logout 1.0, 2.6).
   *
   * @throws IOException when the keys cannot be had
   */
  LogoutTokenClaimsSet logoutToken(JWT token) throws SignInRefused, IOException {
    LogoutTokenValidator validator =
        new LogoutTokenValidator(
            provider.issuer(), new ClientID(client), TYPED, provider.keys(), null);
    validator.setMaxClockSkew((int) SKEW.toSeconds());
    LogoutTokenClaimsSet claims;
    try {
      claims = validator.validate(token);
    } catch (KeySourceException e) {
      throw unknownKey(e);
    } catch (BadJOSEException | JOSEException e) {
      throw new SignInRefused(
          Reason.TOKEN_INVALID, "the logout token is refused: " + e.getMessage());
    }
    if (claims.getIssueTime().toInstant().isBefore(now.minus(LOGOUT_KEPT))) {
      throw new SignInRefused(Reason.TOKEN_INVALID, "the logout token is too old");
    }
    return claims;
  }

  /**
   * A key that is not among those at hand, when they may not be fetched again yet, is no sign that
   * the provider is away: else a stranger's token would shut the door for everybody.
   */
  private static SignInRefused unknownKey(KeySourceException cause) throws IOException {
    if (cause instanceof RateLimitReachedException) {
      return new SignInRefused(
          Reason.UNREACHABLE, "the token is by an unknown key, and keys were fetched a moment ago");
    }
    throw new IOException("its keys cannot be had: " + cause.getMessage(), cause);
  }

  /** Core 1.0, 3.1.3.8. */
  private static void checkHash(
      @Nullable AccessTokenHash hash, JWT token, @Nullable AccessToken access)
      throws SignInRefused {
    if (hash == null || access == null) {
      return;
    }
    try {
      AccessTokenValidator.validate(
          access, JWSAlgorithm.parse(token.getHeader().getAlgorithm().getName()), hash);
    } catch (InvalidHashException e) {
      throw invalid("is of another access token");
    }
  }

  private static SignInRefused invalid(String what) {
    return new SignInRefused(Reason.TOKEN_INVALID, "the ID token " + what);
  }
}
