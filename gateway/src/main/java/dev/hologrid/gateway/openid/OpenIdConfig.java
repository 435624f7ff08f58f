package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.config.ThisMachine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code openid}: people sign in with the district's OpenID Connect provider.
 *
 * @param issuer the provider's name and address, exactly as it writes it
 * @param client what the provider knows this server as
 * @param base where people's browsers reach this server, without a path
 * @param rules from what the provider says of a person to roles and area
 * @param label what the button says
 * @param passwords whether the passwords of this server hold beside it
 */
public record OpenIdConfig(
    URI issuer, Client client, URI base, ClaimRules rules, Label label, boolean passwords) {
  /** Where the provider sends browsers back to, beneath {@link #base}. */
  public static final String CALLBACK = "/api/v1/openid/callback";

  private static final int LONGEST_SECRET = 4096;

  /**
   * What the provider knows this server as.
   *
   * @param authority certificates to trust instead of the JDK's, PEM; null: the JDK's
   */
  public record Client(String id, Secret secret, List<String> scopes, @Nullable Path authority) {
    public Client {
      scopes = List.copyOf(scopes);
    }
  }

  /** What the button says, in the console's two languages. */
  public record Label(String zh, String en) {}

  /** Reads the section; null when no provider is set. */
  public static @Nullable OpenIdConfig read(Settings s) {
    URI issuer = secure(s, "openid.issuer");
    URI base = secure(s, "openid.base-url");
    Client client = client(s);
    ClaimRules rules = ClaimRules.read(s, issuer != null);
    Label label =
        new Label(
            s.at("openid.label.zh").text("统一身份认证登录"),
            s.at("openid.label.en").text("Sign in with the district account"));
    boolean passwords = s.at("openid.passwords").flag(true);
    if (issuer == null) {
      if (base != null || !client.id().isEmpty()) {
        s.problem("openid.issuer", "is required, for example https://id.example.org/realms/grid");
      }
      return null;
    }
    if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      s.problem("openid.issuer", "must have neither ? nor #, but was " + issuer);
    }
    if (client.id().isEmpty()) {
      s.problem("openid.client-id", "is required: the name by which the provider knows us");
    }
    if (client.secret().isEmpty()) {
      s.problem(
          "openid.client-secret",
          "is required; set HOLOGRID_OPENID_CLIENT_SECRET or openid.client-secret-file");
    }
    if (base == null) {
      s.problem(
          "openid.base-url",
          "is required: where browsers reach this server, for example https://grid.example.org");
      return null;
    }
    if (!bare(base)) {
      s.problem("openid.base-url", "must be an address without a path, but was " + base);
    }
    return new OpenIdConfig(issuer, client, base, rules, label, passwords);
  }

  private static Client client(Settings s) {
    List<String> scopes = new ArrayList<>(s.list("openid.scopes"));
    if (scopes.isEmpty()) {
      scopes.addAll(List.of("openid", "profile"));
    } else if (!scopes.contains("openid")) {
      s.problem("openid.scopes", "must have openid among them, but were " + scopes);
    }
    Secret outside = s.at("openid.client-secret").secretApart();
    Path file = s.at("openid.client-secret-file").pathOrNull();
    if (file != null && !outside.isEmpty()) {
      s.problem("openid.client-secret-file", "and the environment variable cannot both be set");
    }
    return new Client(
        s.at("openid.client-id").text(""),
        file == null ? outside : secret(s, file),
        scopes,
        s.at("openid.tls.authority").pathOrNull());
  }

  private static Secret secret(Settings s, Path file) {
    String key = "openid.client-secret-file";
    try {
      if (Files.size(file) > LONGEST_SECRET) {
        s.problem(key, "is longer than " + LONGEST_SECRET + " bytes: " + file);
        return new Secret("");
      }
      return new Secret(Files.readString(file).strip());
    } catch (IOException e) {
      s.problem(key, "cannot be read: " + file);
      return new Secret("");
    }
  }

  /** Without transport security on this machine only: what travels there is who may come in. */
  private static @Nullable URI secure(Settings s, String key) {
    URI uri = s.at(key).uriOrNull("https", "http");
    if (uri == null) {
      return null;
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      s.problem(key, "must be an address with a host and no user name, but was " + uri);
      return null;
    }
    if (!secure(uri)) {
      s.problem(key, "must begin with https:// unless it is this machine, but was " + uri);
    }
    return uri;
  }

  /** Encrypted, or not leaving this machine. */
  static boolean secure(URI uri) {
    return "https".equals(uri.getScheme())
        || "http".equals(uri.getScheme()) && ThisMachine.is(uri.getHost());
  }

  private static boolean bare(URI base) {
    String path = base.getRawPath();
    return (path == null || path.isEmpty() || path.equals("/"))
        && base.getRawQuery() == null
        && base.getRawFragment() == null;
  }

  /** Where the provider sends browsers back to. */
  URI redirect() {
    return base.resolve(CALLBACK);
  }

  /** Where the provider sends browsers after they have signed out there. */
  URI home() {
    return base.resolve("/");
  }
}
