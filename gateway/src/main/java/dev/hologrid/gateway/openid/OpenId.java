package dev.hologrid.gateway.openid;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import dev.hologrid.gateway.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The district's OpenID Connect provider, as this server sees it: authorization code flow with PKCE
 * (RFC 6749, 7636, 9700; OpenID Connect Core 1.0). It is looked for in the background, after 1, 2,
 * 4 … 60 seconds while it is not there, so that the server runs without it. Safe for use by many
 * threads.
 */
public final class OpenId implements Component {
  private static final Logger log = LoggerFactory.getLogger(OpenId.class);
  private static final int LONGEST_WHY = 200;
  private static final long AGAIN_SECONDS = 60;

  private final OpenIdConfig config;
  private final InstantSource clock;
  private final PendingLogins pending;
  private final HeardTokens heard;
  private final ProviderCalls calls;
  private final Exchange exchange;
  private final ScheduledExecutorService looking;
  private volatile @Nullable Provider known;
  private volatile String trouble = "not asked yet";
  private @Nullable ScheduledFuture<?> next;
  private int failures;

  private OpenId(OpenIdConfig config, InstantSource clock, ProviderCalls calls) {
    this.config = config;
    this.clock = clock;
    this.calls = calls;
    this.pending = new PendingLogins(clock);
    this.heard = new HeardTokens(clock);
    this.exchange = new Exchange(config, calls);
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "openid");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * One that has not asked yet.
   *
   * @throws IOException when the file of authorities cannot be used
   */
  public static OpenId of(OpenIdConfig config, InstantSource clock) throws IOException {
    TrustManager @Nullable [] trusted;
    SSLContext context = null;
    try {
      trusted = Trust.in(config.client().authority());
      if (trusted != null) {
        context = SSLContext.getInstance("TLS");
        context.init(null, trusted, null);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("openid.tls.authority cannot be used: " + e.getMessage(), e);
    }
    return new OpenId(config, clock, new ProviderCalls(context));
  }

  /** Begins to look for the provider; returns at once. */
  public void start() {
    later(0);
  }

  public OpenIdConfig config() {
    return config;
  }

  private void look() {
    try {
      Provider found = Provider.discover(config.issuer(), calls);
      Provider before = known;
      known = before != null && before.same(found) ? before : found; // with the keys it has
      if (!trouble.isEmpty()) {
        log.info("people sign in by {}", config.issuer());
      }
      trouble = "";
      failures = 0;
      later(AGAIN_SECONDS);
    } catch (IOException | RuntimeException e) {
      String why = why(e);
      if (failures++ == 0 || !why.equals(trouble)) {
        log.warn("nobody can sign in by {}: {}", config.issuer(), why);
      }
      trouble = why;
      later(Math.min(AGAIN_SECONDS, 1L << Math.min(failures - 1, 6)));
    }
  }

  /** One look is due at a time. */
  private synchronized void later(long seconds) {
    ScheduledFuture<?> before = next;
    if (before != null) {
      before.cancel(false);
    }
    try {
      next = looking.schedule(this::look, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // stopped meanwhile
    }
  }

  private static String why(Exception cause) {
    String said = cause.getMessage();
    String why = said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
    return why.substring(0, Math.min(why.length(), LONGEST_WHY)).replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * A login that has begun.
   *
   * @param to where the browser is to go
   * @param key the browser is to bring it back, in a cookie
   */
  public record Begun(URI to, String key) {
    /** Without the key. */
    @Override
    public String toString() {
      return "login at " + to.getHost();
    }
  }

  /** How long a login may take. */
  public static Duration longest() {
    return PendingLogins.LONGEST;
  }

  /**
   * Begins a login.
   *
   * @param page where the person is, to come back to
   * @param anew whether the provider is to ask who they are though it may know somebody
   * @throws SignInRefused when the provider is not there
   */
  public Begun begin(String page, boolean anew) throws SignInRefused {
    Provider provider = provider();
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    String key = new State().getValue(); // 256 bits, as the others
    pending.keep(key, new Login(state.getValue(), nonce.getValue(), verifier.getValue(), page));
    URI to =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                Scope.parse(config.client().scopes()),
                new ClientID(config.client().id()),
                config.redirect())
            .endpointURI(provider.metadata().getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .prompt(anew ? new Prompt(Prompt.Type.LOGIN) : null)
            .build()
            .toURI();
    return new Begun(to, key);
  }

  private Provider provider() throws SignInRefused {
    Provider provider = known;
    if (provider == null || !trouble.isEmpty()) {
      throw new SignInRefused(Reason.UNREACHABLE, trouble);
    }
    return provider;
  }

  /**
   * Ends a login with what the provider sent the browser back with. Blocks.
   *
   * @param key what the browser's cookie holds; null without one
   * @param answer the parameters of the callback
   * @throws SignInRefused with the reason; the login is over either way
   */
  public Identity finish(@Nullable String key, Map<String, String> answer) throws SignInRefused {
    Login login = pending.take(key, answer.get("state"));
    Provider provider = provider();
    String from = answer.get("iss");
    if (from == null ? provider.namesItself() : !from.equals(provider.issuer().getValue())) {
      throw new SignInRefused(
          Reason.WRONG_ISSUER, from == null ? "the answer has no iss" : "iss is another");
    }
    String error = answer.get("error");
    if (error != null) {
      throw new SignInRefused(Reason.PROVIDER_REFUSED, "it answered " + error);
    }
    String code = answer.get("code");
    if (code == null || code.isBlank()) {
      throw new SignInRefused(Reason.CODE_REFUSED, "the answer has no code");
    }
    try {
      return exchange.identity(provider, code, login, clock.instant());
    } catch (IOException e) {
      String why = why(e);
      log.warn("a login by {} could not be finished: {}", config.issuer(), why);
      trouble = why;
      later(1);
      throw new SignInRefused(Reason.UNREACHABLE, why);
    }
  }

  /** Whether an ID token is of use after the login: only to sign out with at the provider. */
  public boolean signsOut() {
    Provider provider = known;
    return provider != null && provider.endSession() != null;
  }

  /**
   * Where the browser is to go to sign out there too (RP-Initiated Logout 1.0); null when the
   * provider has no such place.
   */
  public @Nullable URI signOut(String idToken) {
    Provider provider = known;
    URI end = provider == null ? null : provider.endSession();
    if (end == null) {
      return null;
    }
    try {
      return new LogoutRequest(
              end,
              JWTParser.parse(idToken),
              null,
              new ClientID(config.client().id()),
              config.home(),
              null,
              null)
          .toURI();
    } catch (ParseException e) {
      throw new IllegalStateException("the ID token was verified and cannot be read", e);
    }
  }

  /**
   * Whom the provider has signed out.
   *
   * @param person null: whoever has the session
   * @param session the provider's; empty: all of the person
   */
  public record SignedOut(@Nullable String person, String session) {}

  /**
   * Takes the provider's word that somebody has signed out (Back-Channel Logout 1.0). Blocks.
   *
   * @throws SignInRefused when it is not the provider's word, or was heard before
   */
  public SignedOut heard(String logoutToken) throws SignInRefused {
    Provider provider = known; // its keys may be at hand while it is away
    if (provider == null) {
      throw new SignInRefused(Reason.UNREACHABLE, trouble);
    }
    try {
      LogoutTokenClaimsSet claims =
          new TokenCheck(provider, config.client().id(), clock.instant())
              .logoutToken(JWTParser.parse(logoutToken));
      if (!heard.first(claims.getJWTID().getValue())) {
        throw new SignInRefused(Reason.TOKEN_INVALID, "the logout token was used before");
      }
      return new SignedOut(
          claims.getSubject() == null
              ? null
              : Identity.person(provider.issuer().getValue(), claims.getSubject().getValue()),
          claims.getSessionID() == null ? "" : claims.getSessionID().getValue());
    } catch (ParseException e) {
      throw new SignInRefused(Reason.TOKEN_INVALID, "the logout token cannot be read");
    } catch (IOException e) {
      throw new SignInRefused(Reason.UNREACHABLE, why(e));
    }
  }

  @Override
  public String name() {
    return "openid";
  }

  @Override
  public Check check() {
    String why = trouble;
    return why.isEmpty()
        ? Check.ok()
        : Check.degraded(
            "nobody can sign in by "
                + config.issuer()
                + (config.passwords() ? ", by password they can: " : ": ")
                + why);
  }

  @Override
  public void close() {
    looking.shutdownNow();
    calls.close();
  }
}
