package dev.hologrid.gateway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A certified OpenID provider (npm's oidc-provider, pinned by gateway/src/test/openid) on a free
 * port of loopback, as a process of its own. Not for two threads.
 *
 * <p>Needs Node 20 or newer with npm; {@link #installed()} tells.
 */
public final class OpenIdProvider implements AutoCloseable {
  public static final String CLIENT = "hologrid";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("src/test/openid");
  private static final Path PLACE = Path.of("target/openid-provider");

  private final Path folder;
  private final String base;
  private final String secret;
  private final int port = freePort();
  private @Nullable Process process;
  private int keys;

  private OpenIdProvider(Path folder, String base, String secret) {
    this.folder = folder;
    this.base = base;
    this.secret = secret;
  }

  /** Whether this machine has what it takes. */
  public static boolean installed() {
    return onPath("node") && onPath("npm");
  }

  private static boolean onPath(String program) {
    for (String each : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(each, program))) {
        return true;
      }
    }
    return false;
  }

  /**
   * One that does not run yet.
   *
   * @param base where browsers reach the gateway that is its client
   */
  public static OpenIdProvider of(Path folder, String base, String secret) throws Exception {
    Files.createDirectories(folder);
    install();
    OpenIdProvider provider = new OpenIdProvider(folder, base, secret);
    provider.newKey();
    return provider;
  }

  private static synchronized void install() throws Exception {
    Files.createDirectories(PLACE);
    Path lock = PLACE.resolve("package-lock.json");
    boolean there =
        Files.isDirectory(PLACE.resolve("node_modules/oidc-provider"))
            && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0;
    for (String each : new String[] {"package.json", "package-lock.json", "provider.mjs"}) {
      Files.copy(SOURCE.resolve(each), PLACE.resolve(each), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!there) {
      Path log = PLACE.resolve("npm.log");
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(PLACE.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!npm.waitFor(120, TimeUnit.SECONDS) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw new IllegalStateException("npm ci failed: " + Files.readString(log));
      }
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** Who there is, by subject, each with claims; holds from the next login on. */
  public OpenIdProvider people(Map<String, Map<String, Object>> people) throws IOException {
    Files.write(folder.resolve("people.json"), JSON.writeValueAsBytes(people));
    return this;
  }

  /** It signs with a key that nobody has seen, once it is started anew. */
  public OpenIdProvider newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String pem =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    keys++;
    return this;
  }

  /** Starts it; it knows nobody as signed in. */
  public OpenIdProvider start() throws Exception {
    Path settings = folder.resolve("settings.json");
    Files.write(
        settings,
        JSON.writeValueAsBytes(
            Map.of(
                "port", port,
                "clientId", CLIENT,
                "secret", secret,
                "base", base,
                "people", folder.resolve("people.json").toString(),
                "key", folder.resolve("key.pem").toString(),
                "kid", "key-" + keys)));
    process =
        new ProcessBuilder("node", "provider.mjs", settings.toAbsolutePath().toString())
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("provider.log").toFile()))
            .start();
    Await.until("the provider listens; see " + folder.resolve("provider.log"), this::listens);
    return this;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops it; its port is closed then. */
  public void stop() throws InterruptedException {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(5, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
