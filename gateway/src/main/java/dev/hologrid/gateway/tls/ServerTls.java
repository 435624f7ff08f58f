package dev.hologrid.gateway.tls;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate, and whose certificates its clients may show. The files are looked at
 * every second: new connections use what they hold, and {@link #onChanged} lets the owner end open
 * ones that are trusted no longer; files that cannot be used are told by {@link #check()} while the
 * former ones stay in use. Safe for use by many threads.
 */
public final class ServerTls implements Component {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final Duration WARNING = Duration.ofDays(30);

  /**
   * The files.
   *
   * @param certificate PEM chain, the server's own first
   * @param key PEM, PKCS #8
   * @param authority whose certificates clients may show; null: none is asked for
   * @param revoked revocation lists of the authority
   */
  public record Files(
      Path certificate, Path key, @Nullable Path authority, @Nullable Path revoked) {
    List<Path> all() {
      List<Path> all = new ArrayList<>(List.of(certificate, key));
      if (authority != null) {
        all.add(authority);
      }
      if (revoked != null) {
        all.add(revoked);
      }
      return all;
    }
  }

  /** What the files held when they were read last. */
  record Held(
      PrivateKey key,
      X509Certificate[] chain,
      @Nullable X509ExtendedTrustManager clients,
      List<X509CRL> revoked) {}

  private final String name;
  private final Files files;
  private final LongSupplier clock;
  private final Watched watched;
  private final Thread looker;
  private volatile @Nullable Held held;
  private volatile @Nullable String problem;
  private volatile Runnable changed = () -> {};
  private volatile boolean closing;

  /**
   * Nothing is read yet.
   *
   * @param clock epoch milliseconds
   */
  public ServerTls(String name, Files files, LongSupplier clock) {
    this.name = name;
    this.files = files;
    this.clock = clock;
    this.watched = new Watched(files.all());
    this.looker = Thread.ofPlatform().name("tls-" + name).daemon().unstarted(this::look);
  }

  /**
   * Reads the files and begins to watch them.
   *
   * @throws IOException when they cannot be used: there would be nothing to go on with
   */
  public ServerTls start() throws IOException {
    watched.changed();
    try {
      held = read();
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be used: " + e.getMessage(), e);
    }
    warn();
    looker.start();
    return this;
  }

  private void look() {
    while (!closing) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      if (watched.changed()) {
        try {
          held = read();
          problem = null;
          log.info("{}: certificate {} read anew", name, files.certificate());
          warn();
          changed.run();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
          problem = String.valueOf(e.getMessage());
          log.error("{}: the changed certificate cannot be used, the former stays", name, e);
        }
      }
    }
  }

  private void warn() {
    if (check() instanceof Check.Degraded degraded) {
      log.warn("{}: {}", name, degraded.why());
    }
  }

  private Held read() throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(files.certificate());
    PrivateKey key = Pem.privateKey(files.key());
    KeyPairs.check(key, chain.getFirst());
    return new Held(
        key,
        chain.toArray(X509Certificate[]::new),
        files.authority() == null ? null : clients(files.authority()),
        files.revoked() == null ? List.of() : Pem.revocations(files.revoked()));
  }

  private static X509ExtendedTrustManager clients(Path authority)
      throws IOException, GeneralSecurityException {
    for (TrustManager each : Trust.only(authority)) {
      if (each instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("this JDK has no X.509 trust");
  }

  Held held() {
    Held now = held;
    if (now == null) {
      throw new IllegalStateException(name + " is not started");
    }
    return now;
  }

  /** The key of each handshake; follows the files. */
  public X509KeyManager keys() {
    return new CurrentKey(this);
  }

  /** Which clients are trusted; follows the files. Null where no authority is named. */
  public @Nullable X509TrustManager clients() {
    return files.authority() == null ? null : new CurrentClients(this);
  }

  /** Has {@code then} called after new files were taken into use. */
  public void onChanged(Runnable then) {
    changed = then;
  }

  /**
   * Whether a client that showed these certificates would be let in with the files of just now. A
   * resumed handshake does not ask, and neither does a connection that stays open.
   */
  public boolean trusts(X509Certificate[] chain) {
    X509TrustManager clients = clients();
    if (clients == null) {
      return true;
    }
    try {
      clients.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** When the certificate in use ends. */
  public Instant expires() {
    return held().chain()[0].getNotAfter().toInstant();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Check check() {
    String unusable = problem;
    if (unusable != null) {
      return Check.degraded(
          "the changed certificate cannot be used, the former stays: " + unusable);
    }
    if (held == null) {
      return Check.failed("not started");
    }
    Instant now = Instant.ofEpochMilli(clock.getAsLong());
    Duration left = Duration.between(now, expires());
    if (left.isNegative()) {
      return Check.failed("the certificate " + files.certificate() + " ended on " + expires());
    }
    return left.compareTo(WARNING) < 0
        ? Check.degraded(
            "the certificate "
                + files.certificate()
                + " ends in "
                + left.toDays()
                + " days, on "
                + expires()
                + "; put a new one in its place, it is read without a restart")
        : Check.ok();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(looker);
  }
}
