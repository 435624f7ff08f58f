package dev.hologrid.gateway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider on loopback that says what a test writes for it, true or not: what no
 * certified one would ever sign. It has discovery, keys, token and UserInfo endpoints, and no pages
 * for people.
 */
public final class WrittenProvider implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port = OpenIdProvider.freePort();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger keysAsked = new AtomicInteger();
  private volatile RSAKey key = newKey("key-1");
  private volatile @Nullable Map<String, Object> userInfo;
  private volatile Map<String, String> lastAsked = Map.of();
  private @Nullable HttpServer server;
  private int made = 1;

  public WrittenProvider() throws JOSEException {}

  private static RSAKey newKey(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
  }

  public WrittenProvider start() throws IOException {
    HttpServer fresh =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    fresh.createContext("/.well-known/openid-configuration", exchange -> json(exchange, about()));
    fresh.createContext("/keys", this::keys);
    fresh.createContext("/token", this::token);
    fresh.createContext("/userinfo", this::userInfo);
    fresh.start();
    server = fresh;
    return this;
  }

  public void stop() {
    HttpServer running = server;
    server = null;
    if (running != null) {
      running.stop(0);
    }
  }

  @Override
  public void close() {
    stop();
  }

  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  private Map<String, Object> about() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        issuer() + "/authorize",
        "token_endpoint",
        issuer() + "/token",
        "userinfo_endpoint",
        issuer() + "/userinfo",
        "jwks_uri",
        issuer() + "/keys",
        "response_types_supported",
        List.of("code"),
        "subject_types_supported",
        List.of("public"),
        "id_token_signing_alg_values_supported",
        List.of("RS256", "HS256", "none"));
  }

  private void keys(HttpExchange exchange) throws IOException {
    keysAsked.incrementAndGet();
    json(exchange, new JWKSet(key.toPublicJWK()).toJSONObject());
  }

  /** Each code once, as RFC 6749 has it. */
  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> asked = new LinkedHashMap<>();
    for (String each :
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
            .split("&", -1)) {
      String[] pair = each.split("=", 2);
      asked.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    lastAsked = asked;
    String idToken = tokens.remove(asked.getOrDefault("code", ""));
    if (idToken == null) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
    } else {
      json(
          exchange,
          Map.of("access_token", "an-access-token", "token_type", "Bearer", "id_token", idToken));
    }
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    Map<String, Object> told = userInfo;
    if (told == null) {
      answer(exchange, 401, Map.of("error", "invalid_token"));
    } else {
      json(exchange, told);
    }
  }

  private static void json(HttpExchange exchange, Object body) throws IOException {
    answer(exchange, 200, body);
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Gives this ID token for the code, once. */
  public void give(String code, String idToken) {
    tokens.put(code, idToken);
  }

  /** What its UserInfo endpoint says; null: it refuses. */
  public void tell(@Nullable Map<String, Object> claims) {
    userInfo = claims;
  }

  /** It signs by another key from now on and shows no other. */
  public void rotate() throws JOSEException {
    key = newKey("key-" + ++made);
  }

  public RSAKey key() {
    return key;
  }

  /** How often its keys were fetched. */
  public int keysAsked() {
    return keysAsked.get();
  }

  /** The form that its token endpoint was last sent. */
  public Map<String, String> lastAsked() {
    return lastAsked;
  }

  /** Signed as it should be. */
  public String sign(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, key);
  }

  public static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** Claims that are right for a client, without a nonce and without a person's groups. */
  public JWTClaimsSet.Builder claims(String client, String subject) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(subject)
        .audience(client)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }
}
