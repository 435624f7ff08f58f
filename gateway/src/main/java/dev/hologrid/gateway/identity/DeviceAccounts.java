package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that may come in by themselves. Kept in a file under the data folder's secrets, which
 * {@code ./hologrid devices} may change while the server runs: the server sees it within a second.
 * Safe for use by many threads; what changes something writes to the disk, so it is not for an
 * event loop.
 */
public final class DeviceAccounts implements Component {
  private static final Logger log = LoggerFactory.getLogger(DeviceAccounts.class);
  private static final long LOOK_NANOS = 500_000_000L;

  private final AccountFile file;
  private final LongSupplier clock;
  private final ConcurrentSkipListMap<String, DeviceAccount> accounts =
      new ConcurrentSkipListMap<>();
  private final Map<String, String> byKey = new ConcurrentHashMap<>();
  private final List<Consumer<DeviceAccount>> listeners = new CopyOnWriteArrayList<>();
  private final Thread looker;
  private volatile boolean closing;
  private volatile @Nullable String unreadable;

  private DeviceAccounts(Path folder, LongSupplier clock) {
    this.file = new AccountFile(folder);
    this.clock = clock;
    this.looker = Thread.ofPlatform().name("device-accounts").daemon().unstarted(this::look);
  }

  /**
   * Reads the accounts in the folder of secrets; makes the file where there is none.
   *
   * @param clock epoch milliseconds
   * @throws IOException when it cannot be read, or may be read by others: nobody would get in, or
   *     anybody
   */
  public static DeviceAccounts open(Path folder, LongSupplier clock) throws IOException {
    DeviceAccounts accounts = new DeviceAccounts(folder, clock);
    accounts.file.open();
    accounts.file.added().forEach(accounts::put);
    return accounts;
  }

  /** Begins to look for what other processes add. */
  public void start() {
    looker.start();
  }

  private void look() {
    while (!closing) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      try {
        readMore();
        unreadable = null;
      } catch (IOException | RuntimeException e) {
        if (unreadable == null) {
          log.error("the accounts of devices cannot be read; those known stay as they are", e);
        }
        unreadable = String.valueOf(e.getMessage());
      }
    }
  }

  private void readMore() throws IOException {
    List<DeviceAccount> added;
    synchronized (this) {
      if (!file.grown()) {
        return;
      }
      added = file.added();
      added.forEach(this::put);
    }
    added.forEach(this::tell);
  }

  private void put(DeviceAccount account) {
    DeviceAccount before = accounts.put(account.device(), account);
    if (before != null && before.proof() instanceof Proof.Secret old) {
      byKey.remove(old.key());
    }
    if (account.proof() instanceof Proof.Secret secret
        && !secret.key().isEmpty()
        && !account.revoked()) {
      byKey.put(secret.key(), account.device());
    }
  }

  private void tell(DeviceAccount account) {
    listeners.forEach(each -> each.accept(account));
  }

  /** Told of each account that is made, changed or revoked, after it is on disk. */
  public void onChange(Consumer<DeviceAccount> listener) {
    listeners.add(listener);
  }

  /** The account of a device, also a revoked one; null when it has none. */
  public @Nullable DeviceAccount find(String device) {
    return accounts.get(device);
  }

  /** The device whose secret this is, or null. Takes as long for a wrong one. */
  public @Nullable DeviceAccount bySecret(String plain) {
    String device = byKey.get(Proof.Secret.keyOf(plain));
    DeviceAccount account = device == null ? null : accounts.get(device);
    return account != null
            && !account.revoked()
            && account.proof() instanceof Proof.Secret secret
            && secret.matches(plain)
        ? account
        : null;
  }

  /** Up to {@code limit} accounts in the order of their ids, after the id {@code cursor}. */
  public List<DeviceAccount> list(@Nullable String cursor, int limit) {
    Map<String, DeviceAccount> rest = cursor == null ? accounts : accounts.tailMap(cursor, false);
    return rest.values().stream().limit(limit).toList();
  }

  public int size() {
    return accounts.size();
  }

  /**
   * An account with what its device must be given.
   *
   * @param secret in plain text, shown this once; null for a password and a certificate
   */
  public record Issued(DeviceAccount account, @Nullable String secret) {
    @Override
    public String toString() {
      return "Issued[" + account.device() + "]";
    }
  }

  /** What to do with a device that has an account already. */
  public enum Existing {
    /** Nothing is made for anybody. */
    REFUSE,
    /** Its proof is replaced: the former one ends at once, with the device's connections. */
    REPLACE,
    /** It is left as it is, and is not among the issued. */
    SKIP
  }

  /**
   * Makes accounts: all, or none when one of them cannot be made.
   *
   * @throws AccountRefused when a request is wrong, or {@code existing} says so
   */
  public List<Issued> issue(List<AccountRequest> requests, Existing existing, String by) {
    Set<String> seen = new HashSet<>();
    for (AccountRequest each : requests) {
      each.check();
      if (!seen.add(each.device())) {
        throw AccountRefused.wrong("id", each.device() + " is there twice");
      }
    }
    List<Issued> issued = new ArrayList<>();
    change(
        () -> {
          for (AccountRequest each : requests) {
            DeviceAccount known = accounts.get(each.device());
            boolean active = known != null && !known.revoked();
            if (active && existing == Existing.REFUSE) {
              throw AccountRefused.taken(each.device());
            }
            if (!active || existing == Existing.REPLACE) {
              issued.add(make(each, by));
            }
          }
          return issued.stream().map(Issued::account).toList();
        });
    return List.copyOf(issued);
  }

  private Issued make(AccountRequest request, String by) {
    String secret = request.proof() == Proof.Kind.TOKEN ? Proof.Secret.fresh() : null;
    String password = request.password();
    Proof proof =
        secret != null
            ? Proof.Secret.of(secret)
            : password != null
                ? new Proof.Password(Passwords.hash(password))
                : new Proof.Certificate();
    return new Issued(
        new DeviceAccount(
            request.device(),
            request.kind(),
            request.topics(),
            proof,
            clock.getAsLong(),
            by,
            false),
        secret);
  }

  /**
   * Lets a parked device in by the secret that it has shown, or else by a new one.
   *
   * @throws AccountRefused when it has credentials already
   */
  public Issued approve(ParkedDevices.Parked parked, String by) {
    Proof.Secret shown = parked.shown();
    AccountRequest request =
        new AccountRequest(parked.device(), "", List.of(), Proof.Kind.TOKEN, null);
    if (shown == null) {
      return issue(List.of(request), Existing.REFUSE, by).getFirst();
    }
    request.check();
    DeviceAccount account =
        new DeviceAccount(parked.device(), "", List.of(), shown, clock.getAsLong(), by, false);
    change(
        () -> {
          DeviceAccount known = accounts.get(parked.device());
          if (known != null && !known.revoked()) {
            throw AccountRefused.taken(parked.device());
          }
          return List.of(account);
        });
    return new Issued(account, null);
  }

  /** Makes a new secret for a device; the former proof ends at once. Null: it has no account. */
  public @Nullable Issued renew(String device, String by) {
    String secret = Proof.Secret.fresh();
    List<Issued> issued = new ArrayList<>();
    change(
        () -> {
          DeviceAccount known = accounts.get(device);
          if (known == null) {
            return List.of();
          }
          DeviceAccount renewed = known.with(Proof.Secret.of(secret), clock.getAsLong(), by);
          issued.add(new Issued(renewed, secret));
          return List.of(renewed);
        });
    return issued.isEmpty() ? null : issued.getFirst();
  }

  /** Takes the right to come in away; false when there is none. */
  public boolean revoke(String device, String by) {
    boolean[] done = new boolean[1];
    change(
        () -> {
          DeviceAccount known = accounts.get(device);
          if (known == null || known.revoked()) {
            return List.of();
          }
          done[0] = true;
          return List.of(known.revoked(clock.getAsLong(), by));
        });
    return done[0];
  }

  /** What is to be added, decided while nobody else can add. */
  private interface Change {
    List<DeviceAccount> decide();
  }

  private void change(Change change) {
    List<DeviceAccount> all = new ArrayList<>();
    synchronized (this) {
      try {
        file.add(
            byOthers -> {
              byOthers.forEach(this::put);
              all.addAll(byOthers);
              List<DeviceAccount> fresh = change.decide();
              all.addAll(fresh);
              return fresh;
            });
      } catch (IOException e) {
        throw new UncheckedIOException("the accounts of devices cannot be kept", e);
      }
      all.forEach(this::put);
    }
    all.forEach(this::tell);
  }

  @Override
  public String name() {
    return "device-accounts";
  }

  @Override
  public Check check() {
    String why = unreadable;
    return why == null
        ? Check.ok()
        : Check.degraded("changes are not seen, those known stay: " + why);
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(looker);
  }
}
