package dev.hologrid.gateway.openid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.journal.StoredJournal;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.OpenIdProvider;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server with a provider, a site of two towns, and a local person {@code lin}, who is an admin
 * and has the same name as somebody at the provider.
 */
final class OpenIdSite implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String SECRET = "a secret of the client that nobody may see";
  static final String PASSWORD = "correct horse battery";
  static final String CALLBACK = "/api/v1/openid/callback";

  final int port = OpenIdProvider.freePort();
  final String base = "http://127.0.0.1:" + port;
  private final Path folder;
  private RunningGateway gateway;

  OpenIdSite(Path folder) {
    this.folder = folder;
  }

  OpenIdSite start(String issuer) throws Exception {
    Files.createDirectories(folder.resolve("site"));
    Files.writeString(
        folder.resolve("site/places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        440605011,桂城街道,Guicheng,town,440605,113.15,23.04,
        440605121,九江镇,Jiujiang,town,440605,113.0,22.8,
        """);
    Files.writeString(
        folder.resolve("site/people.csv"),
        """
        id,name,roles,scope,phone
        lin,林本地,admin,440605,1
        """);
    Credentials.open(folder.resolve("data/secrets")).setPassword("lin", PASSWORD);
    gateway =
        RunningGateway.in(
            folder.resolve("data"),
            Settings.parse(
                "hologrid.yaml",
                yaml(issuer, base),
                Map.of("HOLOGRID_OPENID_CLIENT_SECRET", SECRET)),
            Map.of(
                "http.port", String.valueOf(port),
                "http.mode", "password",
                "site.files", folder.resolve("site").toString()));
    knowsProvider();
    return this;
  }

  /** Waits until people can sign in by the provider. */
  void knowsProvider() throws Exception {
    Await.until(
        "the provider is known",
        () -> new Visitor().get(at("/api/v1/sign-in")).body().contains("\"available\":true"));
  }

  static String yaml(String issuer, String base) {
    return """
        openid:
          issuer: %s
          client-id: hologrid
          base-url: %s
          roles-claim: groups
          roles:
            - {value: dispatch, role: dispatcher}
            - {value: patrol, role: officer}
          area-claim: area
          areas:
            - {value: guicheng, place: "440605011"}
        """
        .formatted(issuer, base);
  }

  URI at(String path) {
    return URI.create(base + path);
  }

  /** A parameter of an address, decoded. */
  static String parameter(URI uri, String name) {
    for (String each : uri.getRawQuery().split("&", -1)) {
      if (each.startsWith(name + "=")) {
        return URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no " + name + " in " + uri);
  }

  /** Whether these bytes are in a file. */
  static boolean holds(Path file, byte[] what) {
    try {
      String all = Files.readString(file, StandardCharsets.ISO_8859_1);
      return all.contains(new String(what, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who is signed in, or null. */
  JsonNode session(Visitor visitor) throws Exception {
    HttpResponse<String> response = visitor.get(at("/api/v1/session"));
    JsonNode user = JSON.readTree(response.body()).path("user");
    return response.statusCode() == 200 && user.isObject() ? user : null;
  }

  /** A person of this server, by password. */
  Visitor local(String who) throws Exception {
    Visitor visitor = new Visitor();
    HttpResponse<String> in =
        visitor.post(
            at("/api/v1/session"),
            "application/json",
            "{\"username\":\"" + who + "\",\"password\":\"" + PASSWORD + "\"}");
    if (in.statusCode() != 204) {
      throw new AssertionError(in.statusCode() + " " + in.body());
    }
    return visitor;
  }

  /** What has been noted in the security audit so far, oldest first. */
  List<JsonNode> audit() throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    try (StoredJournal journal = StoredJournal.open(folder.resolve("data/journal/audit"))) {
      journal.read(0, (offset, entry) -> entries.add(read(entry)), damage -> {});
    }
    return entries;
  }

  private static JsonNode read(byte[] entry) {
    try {
      return JSON.readTree(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a decision of this kind, for reasons that hold these words, is in the audit. */
  void audited(String what, String why) throws Exception {
    Await.until(
        "an audit entry " + what + ": " + why,
        () ->
            audit().stream()
                .anyMatch(
                    each ->
                        each.path("what").asText().equals(what)
                            && each.path("why").asText().contains(why)));
  }

  RunningGateway gateway() {
    return gateway;
  }

  @Override
  public void close() {
    if (gateway != null) {
      gateway.close();
    }
  }
}
