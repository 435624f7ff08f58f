package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.AccountRefused;
import dev.hologrid.gateway.identity.AccountRequest;
import dev.hologrid.gateway.identity.AccountsCsv;
import dev.hologrid.gateway.identity.DeviceAccount;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.identity.DeviceAccounts.Existing;
import dev.hologrid.gateway.identity.DeviceAccounts.Issued;
import dev.hologrid.gateway.identity.ParkedDevices;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.DeviceView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which devices may come in by themselves, and by what. A secret is shown once, when made. */
final class CredentialsResource implements Resource {
  private static final int MOST_TOPICS = 16;
  private static final String CSV = "text/csv; charset=utf-8";

  private final HttpParts.Keys keys;
  private final DeviceAccounts accounts;

  private final DeviceRegistry devices;
  private final Scopes scopes;

  CredentialsResource(HttpParts.Keys keys, HttpParts.Area area) {
    this.keys = keys;
    this.accounts = keys.accounts();
    this.devices = area.devices();
    this.scopes = new Scopes(area.site());
  }

  /** An admin's right ends where their area does. */
  private String inArea(Call call, String id) {
    DeviceView device = devices.device(id);
    boolean known = device != null && scopes.covers(call.person(), device.place());
    if (!known && !scopes.everything(call.person())) {
      throw Refused.notFound("there is no device " + id + " in your area");
    }
    return id;
  }

  private Endpoint everywhere(Endpoint endpoint) {
    return call -> {
      if (!scopes.everything(call.person())) {
        throw Refused.forbidden("this is for an admin of the whole site, not of a part of it");
      }
      return endpoint.answer(call);
    };
  }

  /** An account as it is shown. */
  record Item(
      String id,
      String kind,
      List<String> topics,
      String auth,
      String state,
      String changedAt,
      String changedBy) {
    static Item of(DeviceAccount account) {
      return new Item(
          account.device(),
          account.kind(),
          account.topics(),
          account.proof().kind().word(),
          account.revoked() ? "revoked" : "active",
          Json.time(account.changedAt()),
          account.by());
    }
  }

  private record Made(String id, String auth, @Nullable String secret) {
    static Made of(Issued issued) {
      return new Made(
          issued.account().device(), issued.account().proof().kind().word(), issued.secret());
    }
  }

  private record Token(String token) {}

  private record Waiting(
      String id, String address, String firstAt, String lastAt, int tries, boolean secretShown) {
    static Waiting of(ParkedDevices.Parked parked) {
      return new Waiting(
          parked.device(),
          parked.address(),
          Json.time(parked.firstAt()),
          Json.time(parked.lastAt()),
          parked.tries(),
          parked.shown() != null);
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "registerDevice",
        this::register,
        "getDeviceCredentials",
        call -> Future.succeededFuture(Answer.json(Item.of(known(call)))),
        "renewDeviceCredentials",
        this::renew,
        "revokeDeviceCredentials",
        this::revoke,
        "makeDeviceToken",
        this::token,
        "listDeviceCredentials",
        everywhere(this::list),
        "exportDeviceCredentials",
        everywhere(call -> call.off(this::export)),
        "importDeviceCredentials",
        everywhere(this::take),
        "listParkedDevices",
        everywhere(call -> Future.succeededFuture(Answer.json(Page.whole(waiting())))),
        "approveParkedDevice",
        everywhere(this::approve));
  }

  private DeviceAccount known(Call call) {
    DeviceAccount account = accounts.find(inArea(call, call.path("id")));
    if (account == null) {
      throw Refused.notFound("the device " + call.path("id") + " has no credentials");
    }
    return account;
  }

  private Future<Answer> register(Call call) {
    Body body = call.body();
    body.only(Set.of("id", "kind", "topics", "auth", "password"));
    AccountRequest request = request(body, inArea(call, body.text("id")));
    return call.off(() -> made(call, "device-created", request, Existing.REFUSE));
  }

  private static AccountRequest request(Body body, String id) {
    String kind = body.textOrNull("kind");
    String password = body.textOrNull("password");
    return refusing(
        () ->
            new AccountRequest(
                id,
                kind == null ? "" : kind,
                body.node().has("topics") ? body.texts("topics", MOST_TOPICS) : List.of(),
                AccountsCsv.proof(body.textOrNull("auth"), password),
                password));
  }

  private Answer made(Call call, String what, AccountRequest request, Existing existing) {
    Issued issued = refusing(() -> accounts.issue(List.of(request), existing, by(call)).getFirst());
    note(what, request.device(), call);
    return Answer.json(201, Made.of(issued)).with("Cache-Control", "no-store");
  }

  /** A new secret of our making, or with a body what the body says. */
  private Future<Answer> renew(Call call) {
    String id = call.path("id");
    DeviceAccount known = known(call);
    if (call.raw().length() == 0) {
      return call.off(() -> renewed(call, known.device()));
    }
    Body body = call.body();
    body.only(Set.of("auth", "password"));
    AccountRequest asked = request(body, id);
    AccountRequest request =
        new AccountRequest(id, known.kind(), known.topics(), asked.proof(), asked.password());
    return call.off(() -> made(call, "device-renewed", request, Existing.REPLACE));
  }

  private Answer renewed(Call call, String device) {
    Issued issued = accounts.renew(device, by(call));
    if (issued == null) {
      throw Refused.notFound("the device " + device + " has no credentials");
    }
    note("device-renewed", device, call);
    return Answer.json(201, Made.of(issued)).with("Cache-Control", "no-store");
  }

  private Future<Answer> revoke(Call call) {
    String device = known(call).device();
    return call.off(
        () -> {
          accounts.revoke(device, by(call));
          note("device-revoked", device, call);
          return Answer.noContent();
        });
  }

  /** The device's secret, made for the first time or anew. */
  private Future<Answer> token(Call call) {
    String device = inArea(call, call.path("id"));
    return call.off(
        () -> {
          Issued issued = accounts.renew(device, by(call));
          if (issued == null) {
            AccountRequest request = request(new Body(Json.MAPPER.createObjectNode()), device);
            issued =
                refusing(
                    () -> accounts.issue(List.of(request), Existing.REPLACE, by(call)).getFirst());
          }
          note("device-renewed", device, call);
          return Answer.json(201, new Token(String.valueOf(issued.secret())));
        });
  }

  private Future<Answer> list(Call call) {
    List<DeviceAccount> found = accounts.list(call.cursor(), call.limit() + 1);
    boolean more = found.size() > call.limit();
    List<DeviceAccount> shown = more ? found.subList(0, call.limit()) : found;
    return Future.succeededFuture(
        Answer.json(
            new Page<>(
                shown.stream().map(Item::of).toList(),
                more ? Cursor.write(shown.getLast().device()) : null)));
  }

  private Answer export() {
    return csv(AccountsCsv.list(accounts.list(null, Integer.MAX_VALUE)))
        .with("Content-Disposition", "attachment; filename=\"device-credentials.csv\"");
  }

  private Future<Answer> take(Call call) {
    String table = call.raw().toString(StandardCharsets.UTF_8);
    Existing existing = Existing.valueOf(call.query("existing", "skip").toUpperCase(Locale.ROOT));
    return call.off(
        () -> {
          List<Issued> issued =
              refusing(() -> accounts.issue(AccountsCsv.read(table), existing, by(call)));
          keys.note("devices-imported", issued.size() + " devices", by(call), "");
          return csv(AccountsCsv.issued(issued)).with("Cache-Control", "no-store");
        });
  }

  private static Answer csv(String text) {
    return Answer.of(CSV, Buffer.buffer(text));
  }

  private List<Waiting> waiting() {
    return keys.parked().list().stream().map(Waiting::of).toList();
  }

  private Future<Answer> approve(Call call) {
    String device = call.path("id");
    ParkedDevices.Parked parked = keys.parked().take(device);
    if (parked == null) {
      throw Refused.notFound("no device " + device + " waits for approval");
    }
    return call.off(
        () -> {
          Issued issued = refusing(() -> accounts.approve(parked, by(call)));
          note("device-approved", device, call);
          return Answer.json(201, Made.of(issued)).with("Cache-Control", "no-store");
        });
  }

  private void note(String what, String device, Call call) {
    keys.note(what, DeviceTokens.DEVICE + device, by(call), "");
  }

  private static String by(Call call) {
    return call.person().id();
  }

  private static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (AccountRefused e) {
      int status = e.conflict() ? 409 : 400;
      Problem problem = Problem.of(status, String.valueOf(e.getMessage())).at(e.field());
      throw new Refused(e.conflict() ? problem.because("HAS_CREDENTIALS") : problem);
    }
  }
}
