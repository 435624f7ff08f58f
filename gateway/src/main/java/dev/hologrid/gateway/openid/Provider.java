package dev.hologrid.gateway.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0), checked against what this server
 * asks of it, and its keys. Keys are fetched when first needed, and anew when a token names one
 * that is not among them.
 */
record Provider(
    OIDCProviderMetadata metadata,
    JWSVerificationKeySelector<SecurityContext> keys,
    boolean basic) {
  /** Signatures by a key pair; never {@code none}, never by the client's secret. */
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final long KEYS_KEPT_MS = 300_000;
  private static final long KEYS_WITHIN_MS = 15_000;
  private static final long KEYS_AT_MOST_EVERY_MS = 2_000;
  private static final long KEYS_OUTLIVE_MS = 3_600_000;

  /** Reads the document at the issuer's well-known address and checks it. Blocks. */
  static Provider discover(URI issuer, ProviderCalls calls) throws IOException {
    String base = issuer.toString();
    String address =
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
            + "/.well-known/openid-configuration";
    try {
      return of(
          OIDCProviderMetadata.parse(
              calls.retrieveResource(URI.create(address).toURL()).getContent()),
          issuer,
          calls);
    } catch (ParseException e) {
      throw new IOException("its configuration cannot be read: " + e.getMessage(), e);
    }
  }

  private static Provider of(OIDCProviderMetadata metadata, URI issuer, ProviderCalls calls)
      throws IOException {
    String says = metadata.getIssuer().getValue();
    if (!says.equals(issuer.toString())) {
      throw new IOException("it calls itself " + says + "; openid.issuer must be exactly that");
    }
    endpoint("authorization_endpoint", metadata.getAuthorizationEndpointURI());
    endpoint("token_endpoint", metadata.getTokenEndpointURI());
    URL jwks = endpoint("jwks_uri", metadata.getJWKSetURI()).toURL();
    List<JWSAlgorithm> signs = metadata.getIDTokenJWSAlgs();
    if (signs != null && signs.stream().noneMatch(SIGNATURES::contains)) {
      throw new IOException("it signs by none of " + SIGNATURES + ", only by " + signs);
    }
    return new Provider(metadata, keys(jwks, calls), basic(metadata));
  }

  private static URI endpoint(String name, @Nullable URI uri) throws IOException {
    if (uri == null || !OpenIdConfig.secure(uri)) {
      throw new IOException("its " + name + " is missing or not encrypted");
    }
    return uri;
  }

  private static JWSVerificationKeySelector<SecurityContext> keys(URL jwks, ProviderCalls calls) {
    return new JWSVerificationKeySelector<>(
        SIGNATURES,
        JWKSourceBuilder.create(jwks, calls)
            .cache(KEYS_KEPT_MS, KEYS_WITHIN_MS)
            .refreshAheadCache(false)
            .rateLimited(KEYS_AT_MOST_EVERY_MS)
            .outageTolerant(KEYS_OUTLIVE_MS)
            .build());
  }

  /** RFC 6749, 2.3.1: the header unless the provider knows only the form. */
  private static boolean basic(OIDCProviderMetadata metadata) throws IOException {
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    if (methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)) {
      return true;
    }
    if (methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)) {
      return false;
    }
    throw new IOException("it takes no client secret, only " + methods);
  }

  /** True when nothing that a login depends on differs, so that the keys can be kept. */
  boolean same(Provider other) {
    return metadata.toJSONObject().equals(other.metadata.toJSONObject());
  }

  Issuer issuer() {
    return metadata.getIssuer();
  }

  ClientAuthentication authentication(OpenIdConfig.Client client) {
    ClientID id = new ClientID(client.id());
    Secret secret = new Secret(client.secret().reveal());
    return basic ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret);
  }

  /** Where browsers sign out there; null when it has no such place. */
  @Nullable URI endSession() {
    URI uri = metadata.getEndSessionEndpointURI();
    return uri != null && OpenIdConfig.secure(uri) ? uri : null;
  }

  /** Where else it tells of a person; null when nowhere. */
  @Nullable URI userInfo() {
    return metadata.getUserInfoEndpointURI();
  }

  /** RFC 9207: it names itself in what it sends browsers back with. */
  boolean namesItself() {
    return metadata.supportsAuthorizationResponseIssuerParam();
  }
}
