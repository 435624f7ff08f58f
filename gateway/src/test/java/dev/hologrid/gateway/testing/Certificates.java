package dev.hologrid.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates made by the JDK's keytool, in a folder of a test's own. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private final Path folder;

  public Certificates(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /** An authority. */
  public Certificates authority(String name) throws Exception {
    pair(name, "CN=" + name, "3650", "-ext", "bc:c");
    return this;
  }

  /** A key whose certificate the authority has signed; PEM files {@code name.pem, name.key}. */
  public Certificates signed(String name, String cn, String authority, String days)
      throws Exception {
    return signed(name, cn, authority, days, "-1d");
  }

  /** The same, ended five days ago. */
  public Certificates ended(String name, String cn, String authority) throws Exception {
    return signed(name, cn, authority, "5", "-10d");
  }

  private Certificates signed(String name, String cn, String authority, String days, String begin)
      throws Exception {
    Files.deleteIfExists(store(name));
    pair(name, "CN=" + cn, days);
    Path request = folder.resolve(name + ".csr");
    Path answer = folder.resolve(name + ".crt");
    keytool(name, "-certreq", "-file", request.toString());
    keytool(
        authority,
        "-gencert",
        "-infile",
        request.toString(),
        "-outfile",
        answer.toString(),
        "-validity",
        days,
        "-startdate",
        begin,
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    Path root = folder.resolve(authority + ".crt");
    keytool(authority, "-exportcert", "-file", root.toString());
    run("-importcert", "-noprompt", "-alias", "root", "-file", root.toString(), name);
    keytool(name, "-importcert", "-noprompt", "-file", answer.toString());
    KeyStore store = read(name);
    Key key = store.getKey(name, PASSWORD.toCharArray());
    write(pem(name, "key"), "PRIVATE KEY", List.of(key.getEncoded()));
    List<byte[]> chain = new ArrayList<>();
    for (Certificate each : store.getCertificateChain(name)) {
      chain.add(each.getEncoded());
    }
    write(pem(name, "pem"), "CERTIFICATE", chain);
    return this;
  }

  /** A list of what the authority has revoked, as a PEM file; of no names: an empty list. */
  public Path revoked(String authority, String... names) throws Exception {
    Path file = folder.resolve(authority + ".crl");
    Path fresh = folder.resolve(authority + ".crl.new");
    List<String> line = new ArrayList<>(List.of("-gencrl", "-file", fresh.toString(), "-rfc"));
    for (String each : names) {
      line.add("-id");
      line.add(((X509Certificate) read(each).getCertificate(each)).getSerialNumber().toString());
    }
    if (names.length == 0) {
      line.addAll(List.of("-id", "1"));
    }
    keytool(authority, line.toArray(String[]::new));
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /** The authority's own certificate as a PEM file. */
  public Path root(String authority) throws Exception {
    Path file = pem(authority, "pem");
    write(file, "CERTIFICATE", List.of(read(authority).getCertificate(authority).getEncoded()));
    return file;
  }

  public Path pem(String name, String kind) {
    return folder.resolve(name + "." + kind);
  }

  /** Sockets that trust the authority and show a certificate, if one is named. */
  public SSLSocketFactory sockets(String authority, @Nullable String own) throws Exception {
    return context(authority, own).getSocketFactory();
  }

  /** The same for clients that take a context. */
  public SSLContext context(String authority, @Nullable String own) throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", read(authority).getCertificate(authority));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    KeyManagerFactory keys = null;
    if (own != null) {
      keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(read(own), PASSWORD.toCharArray());
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore read(String name) throws Exception {
    return KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
  }

  private static void write(Path file, String what, List<byte[]> parts) throws IOException {
    StringBuilder text = new StringBuilder();
    for (byte[] each : parts) {
      text.append("-----BEGIN ").append(what).append("-----\n");
      text.append(
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(each));
      text.append("\n-----END ").append(what).append("-----\n");
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private void pair(String name, String subject, String days, String... more) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-validity",
                days,
                "-startdate",
                "-1d"));
    line.addAll(Arrays.asList(more));
    keytool(name, line.toArray(String[]::new));
  }

  private void keytool(String name, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("-alias", name, name));
    run(line.toArray(String[]::new));
  }

  /** The last argument names the store. */
  private void run(String... arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(Arrays.asList(arguments).subList(0, arguments.length - 1));
    line.addAll(
        List.of(
            "-keystore",
            store(arguments[arguments.length - 1]).toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(line + ": " + Files.readString(log));
    }
  }
}
