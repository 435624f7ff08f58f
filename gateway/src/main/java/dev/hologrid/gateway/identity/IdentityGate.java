package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.audit.SecurityAudit;
import dev.hologrid.gateway.decode.Names;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.source.endpoint.DeviceGate;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in by what they prove: a device by its secret, password or certificate, a program by
 * a person's API token, and where the setting is open anybody without either. Safe for use by many
 * threads.
 *
 * <p>A right secret of 128 bits always gets in, whatever others have tried before: it cannot be
 * guessed, so a lock would only help whoever wants the device silent. Passwords can, so a lock
 * holds for the right one too.
 */
public final class IdentityGate implements DeviceGate {
  /** Passwords that wait to be compared; each takes tens of milliseconds of one core. */
  private static final int MOST_WAITING = 64;

  private static final String TOKEN = "token";

  private final Parts parts;
  private final EndpointConfig.Devices unknown;
  private final boolean anywhere;
  private final Lockouts lockouts = new Lockouts();
  private final AtomicInteger waiting = new AtomicInteger();
  private final byte[] pepper = Passwords.random(32).getBytes(StandardCharsets.US_ASCII);
  private final Map<String, String> proven = new ConcurrentHashMap<>();

  /**
   * What the gate looks at.
   *
   * @param hashing runs slow comparisons, one at a time
   * @param clock epoch milliseconds
   */
  public record Parts(
      DeviceAccounts accounts,
      ParkedDevices parked,
      Credentials credentials,
      People people,
      SecurityAudit audit,
      Executor hashing,
      LongSupplier clock) {}

  /** With {@code anywhere}, clients without credentials get in from other machines, too. */
  public IdentityGate(Parts parts, EndpointConfig.Devices unknown, boolean anywhere) {
    this.parts = parts;
    this.unknown = unknown;
    this.anywhere = anywhere;
  }

  @Override
  public void onRevoked(Revoked then) {
    parts.accounts.onChange(account -> then.revoked(account.device()));
  }

  @Override
  public CompletionStage<Admission> admit(Hello hello) {
    CompletionStage<Admission> decision = decide(hello);
    return decision.thenApply(
        made -> {
          if (made instanceof Admitted admitted && !admitted.identity().isEmpty()) {
            note("connect-admitted", admitted.identity(), hello, "");
          }
          return made;
        });
  }

  private CompletionStage<Admission> decide(Hello hello) {
    if (hello.certificate() != null) {
      Set<String> names = CertificateNames.of(hello.certificate());
      String claimed = hello.user() == null ? "" : hello.user();
      for (String each : names) {
        DeviceAccount account = parts.accounts.find(each);
        if (account != null && (claimed.isEmpty() || claimed.equals(each))) {
          return done(account.revoked() ? revoked(hello, each) : pass(account));
        }
      }
      if (claimed.isEmpty() && unknown != EndpointConfig.Devices.OPEN) {
        String name = names.isEmpty() ? "" : names.iterator().next();
        return done(stranger(hello, name, null));
      }
    }
    String user = hello.user();
    String password = hello.password();
    return user == null || password == null ? done(nameless(hello)) : named(hello, user, password);
  }

  private Admission nameless(Hello hello) {
    if (unknown == EndpointConfig.Devices.OPEN) {
      DeviceAccount account = parts.accounts.find(hello.client());
      if (account != null && account.revoked()) {
        return revoked(hello, hello.client());
      }
      return anywhere || hello.loopback()
          ? AnonymousPass.ANYBODY
          : refuse(hello, "", Refusal.ANONYMOUS);
    }
    if (unknown == EndpointConfig.Devices.PARK) {
      park(hello, hello.client(), null);
    }
    return refuse(hello, "", Refusal.ANONYMOUS);
  }

  private CompletionStage<Admission> named(Hello hello, String user, String password) {
    String owner = parts.credentials.owner(password);
    if (owner != null) {
      Person person = parts.people.find(owner);
      return done(
          person != null && (user.equals(owner) || user.equals(TOKEN))
              ? new PersonPass(person)
              : wrong(hello, user));
    }
    DeviceAccount account = parts.accounts.find(user);
    if (account != null && account.proof() instanceof Proof.Secret secret) {
      if (!secret.matches(password)) {
        return done(wrong(hello, user));
      }
      lockouts.succeeded(user, hello.address());
      return done(account.revoked() ? revoked(hello, user) : pass(account));
    }
    if (account != null && account.proof() instanceof Proof.Password kept) {
      return compare(hello, account, kept, password);
    }
    return done(account == null ? stranger(hello, user, password) : wrong(hello, user));
  }

  private CompletionStage<Admission> compare(
      Hello hello, DeviceAccount account, Proof.Password kept, String password) {
    String device = account.device();
    if (lockouts.locked(device, hello.address(), parts.clock.getAsLong())) {
      return done(refuse(hello, device, Refusal.LOCKED_OUT));
    }
    String fast = fast(kept, password);
    String before = proven.get(device);
    if (before != null
        && MessageDigest.isEqual(
            before.getBytes(StandardCharsets.US_ASCII), fast.getBytes(StandardCharsets.US_ASCII))) {
      lockouts.succeeded(device, hello.address());
      return done(account.revoked() ? revoked(hello, device) : pass(account));
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return done(refuse(hello, device, Refusal.TOO_FAST));
    }
    CompletableFuture<Admission> decision = new CompletableFuture<>();
    parts.hashing.execute(
        () -> {
          waiting.decrementAndGet();
          if (!Passwords.matches(password, kept.hash())) {
            decision.complete(wrong(hello, device));
            return;
          }
          proven.put(device, fast);
          lockouts.succeeded(device, hello.address());
          decision.complete(account.revoked() ? revoked(hello, device) : pass(account));
        });
    return decision;
  }

  /** So that a device that was here before need not wait for the slow comparison again. */
  private String fast(Proof.Password kept, String password) {
    return Credentials.digest(
        new String(pepper, StandardCharsets.US_ASCII) + " " + kept.hash() + " " + password);
  }

  private Admission stranger(Hello hello, String name, @Nullable String password) {
    switch (unknown) {
      case OPEN -> {
        return nameless(hello);
      }
      case PARK -> park(hello, name, password);
      case REJECT -> {}
    }
    return wrong(hello, name);
  }

  private void park(Hello hello, String name, @Nullable String password) {
    if (Names.validDevice(name)
        && parts.parked.note(name, hello.address(), password, parts.clock.getAsLong())) {
      note("device-parked", "device:" + name, hello, "waits for approval");
    }
  }

  private Admission pass(DeviceAccount account) {
    return new DevicePass(account, parts.accounts);
  }

  private Admission revoked(Hello hello, String device) {
    return refuse(hello, device, Refusal.REVOKED);
  }

  /** The same answer for an unknown name as for a wrong secret. */
  private Admission wrong(Hello hello, String name) {
    long now = parts.clock.getAsLong();
    if (lockouts.locked(name, hello.address(), now)) {
      return refuse(hello, name, Refusal.LOCKED_OUT);
    }
    if (lockouts.failed(name, hello.address(), now)) {
      note("locked-out", "device:" + name, hello, "too many wrong tries");
    }
    return refuse(hello, name, Refusal.WRONG_CREDENTIALS);
  }

  private Admission refuse(Hello hello, String name, Refusal why) {
    String who = name.isEmpty() ? "client:" + hello.client() : "device:" + name;
    note("connect-refused", who, hello, why.why());
    return new Refused(why);
  }

  private void note(String what, String who, Hello hello, String why) {
    parts.audit.note(new Decision(what, who, hello.address(), why));
  }

  private static CompletionStage<Admission> done(Admission decision) {
    return CompletableFuture.completedFuture(decision);
  }
}
