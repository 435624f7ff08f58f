package dev.hologrid.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of people and tokens of programs, as hashes only, in one file that nobody else on the
 * machine may read. Safe for use by many threads; {@code set} and {@code make} write the file and
 * are not for the event loop.
 */
public final class Credentials {
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final Path file;
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Set<String> barred = ConcurrentHashMap.newKeySet();

  private Credentials(Path file) {
    this.file = file;
  }

  /** Reads the file in the folder of secrets, if it is there. */
  public static Credentials open(Path folder) {
    Credentials credentials = new Credentials(folder.resolve("credentials.json"));
    try {
      Files.createDirectories(folder);
      if (Files.exists(credentials.file)) {
        credentials.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the passwords in " + folder + " cannot be read", e);
    }
    return credentials;
  }

  private void read() throws IOException {
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    if (!OWN.containsAll(may)) {
      throw new IllegalStateException(
          file + " may be read by others; run: chmod 600 " + file.toAbsolutePath());
    }
    JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
    root.path("passwords")
        .properties()
        .forEach(e -> passwords.put(e.getKey(), e.getValue().asText()));
    root.path("tokens").properties().forEach(e -> tokens.put(e.getKey(), e.getValue().asText()));
    root.path("barred").forEach(e -> barred.add(e.asText()));
  }

  public boolean isEmpty() {
    return passwords.isEmpty();
  }

  public @Nullable String password(String person) {
    return passwords.get(person);
  }

  public synchronized void setPassword(String person, String password) {
    passwords.put(person, Passwords.hash(password));
    write();
  }

  /** A new token, returned once and kept as a hash. It has 160 bits, so a fast hash will do. */
  public synchronized String makeToken(String identity) {
    String token = "hg_" + Passwords.random(32);
    tokens.put(digest(token), identity);
    write();
    return token;
  }

  public synchronized void dropTokens(String identity) {
    tokens.values().removeIf(identity::equals);
    write();
  }

  /** Shuts somebody out, whatever they sign in by, or lets them in again; tokens are gone. */
  public synchronized void bar(String person, boolean out) {
    if (out) {
      barred.add(person);
      tokens.values().removeIf(person::equals);
    } else {
      barred.remove(person);
    }
    write();
  }

  public boolean isBarred(String person) {
    return barred.contains(person);
  }

  /** Whose token it is, or null. */
  public @Nullable String owner(String token) {
    return tokens.get(digest(token));
  }

  /** SHA-256 in hexadecimal: enough for a random token. */
  public static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void write() {
    ObjectNode root = MAPPER.createObjectNode();
    passwords.forEach(root.putObject("passwords")::put);
    tokens.forEach(root.putObject("tokens")::put);
    barred.forEach(root.putArray("barred")::add);
    Path fresh = file.resolveSibling("credentials.json.new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWN));
      Files.write(fresh, MAPPER.writeValueAsBytes(root));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the passwords in " + file + " cannot be kept", e);
    }
  }
}
