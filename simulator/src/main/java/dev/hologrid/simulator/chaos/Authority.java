package dev.hologrid.simulator.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority in a folder, run by openssl. */
final class Authority {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String CONFIG =
      """
      [ca]
      default_ca = here
      [here]
      database = index.txt
      crlnumber = crlnumber
      default_md = sha256
      default_crl_days = 30
      """;

  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  static Authority create(Path folder, String name) throws IOException, InterruptedException {
    Authority made = new Authority(Files.createDirectories(folder));
    Files.writeString(folder.resolve("ca.cnf"), CONFIG);
    Files.writeString(folder.resolve("index.txt"), "");
    Files.writeString(folder.resolve("crlnumber"), "01\n");
    Files.writeString(folder.resolve("ext"), "subjectAltName=IP:127.0.0.1\n");
    made.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem"
            + " -days 3650 -subj /CN="
            + name);
    return made;
  }

  /** Its own certificate. */
  Path root() {
    return folder.resolve("ca.pem");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /**
   * Signs a certificate for a new key.
   *
   * @param days that it is good for; 0: it has ended when this returns
   */
  Authority sign(String name, String subject, int days) throws IOException, InterruptedException {
    openssl(
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -out %s.csr"
                .formatted(name, name)
            + " -subj /CN="
            + subject);
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days %d -out %s.pem"
                .formatted(name, days, name)
            + " -extfile ext");
    return this;
  }

  /** Writes a revocation list of all that was revoked so far. */
  void list(Path to) throws IOException, InterruptedException {
    openssl("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out crl.pem");
    replace(folder.resolve("crl.pem"), to);
  }

  void revoke(String name) throws IOException, InterruptedException {
    openssl("ca -config ca.cnf -revoke " + name + ".pem -keyfile ca.key -cert ca.pem");
  }

  /** What a client uses: this authority's word for the server, and a certificate of its own. */
  SSLSocketFactory client(String name) throws IOException, InterruptedException {
    openssl(
        "pkcs12 -export -inkey %s.key -in %s.pem -out %s.p12 -passout pass:%s"
            .formatted(name, name, name, new String(PASSWORD)));
    try (InputStream own = Files.newInputStream(folder.resolve(name + ".p12"));
        InputStream root = Files.newInputStream(root())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(own, PASSWORD);
      KeyManagerFactory mine =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      mine.init(keys, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(root));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Puts a file in another's place at once, as whoever renews certificates should. */
  static void replace(Path from, Path to) throws IOException {
    Path beside = to.resolveSibling(to.getFileName() + ".new");
    Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("openssl"));
    line.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("openssl refused " + arguments + "; see " + folder.resolve("log"));
    }
  }
}
