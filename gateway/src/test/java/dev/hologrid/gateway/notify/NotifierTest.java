package dev.hologrid.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.Roster;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices reach their targets, in order, at least once, with one key; or are seen to be dead. */
class NotifierTest {
  private static final AddressGuard HOME = new AddressGuard(Set.of("127.0.0.1"));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
  private final InstantSource clock = time::get;
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> answer = new AtomicReference<>("{\"errcode\":0}");
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final List<MultiMap> queries = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private Database database;
  private IncidentDesk desk;
  private Outbox outbox;

  @BeforeEach
  void start() throws Exception {
    receiver =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              keys.add(request.getHeader("Idempotency-Key"));
                              bodies.add(body.toString());
                              signatures.add(
                                  String.valueOf(request.getHeader("X-HoloGrid-Signature")));
                              queries.add(request.params());
                              request.response().setStatusCode(status.get()).end(answer.get());
                            }))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    database = Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", "");
    Roster roster = new Roster(database);
    roster.importCsv("id,name,roles,scope,phone\ndana,Dana,dispatcher,,1\n");
    Interest interest =
        new Interest(List.of(new Interest.Wish("hook", Interest.DEFAULT_EVENTS, Priority.P4)));
    desk =
        new IncidentDesk(
            database,
            new Policy(Catalog.standard(), roster),
            code -> List.of("440605", "440605011", "440605011001", code),
            clock,
            interest);
    outbox = new Outbox(database);
    Person dana = roster.find("dana");
    Opening opening =
        new Opening("GAS_LEAK", "g1", "Gas at the market", "", Origin.COMMAND, null, List.of());
    desk.open(opening, dana, null).join();
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
    database.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Notifier notifier(Format format, AddressGuard guard, URI to) {
    HttpChannel channel =
        new HttpChannel(
            vertx, new HttpChannel.Target("hook", to, format, new Secret("s3cret")), guard, clock);
    return new Notifier(vertx, outbox, List.of(channel), clock, 3);
  }

  private URI here() {
    return URI.create("http://127.0.0.1:" + receiver.actualPort() + "/hook?x=1");
  }

  private void later(Notifier notifier) throws Exception {
    notifier.tick().await(20, TimeUnit.SECONDS);
    time.updateAndGet(at -> at.plusSeconds(3600));
  }

  @Test
  void a_target_that_fails_gets_the_same_key_again_and_then_the_rest_in_order() throws Exception {
    Notifier notifier = notifier(Format.WEBHOOK, HOME, here());
    status.set(500);
    later(notifier);
    assertThat(notifier.check().word()).isEqualTo("degraded");
    status.set(200);
    later(notifier);
    later(notifier);
    assertThat(keys).hasSize(3);
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(bodies.get(1)).contains("\"event\":\"opened\"");
    assertThat(bodies.get(2)).contains("\"event\":\"dispatched\"");
    assertThat(notifier.check().word()).isEqualTo("ok");
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void what_never_gets_through_is_a_dead_letter_and_holds_up_nothing() throws Exception {
    Notifier notifier = notifier(Format.WEBHOOK, HOME, here());
    status.set(302);
    later(notifier);
    later(notifier);
    later(notifier);
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 10).getFirst().lastError()).contains("302");
    status.set(200);
    later(notifier);
    assertThat(bodies.getLast()).contains("\"event\":\"dispatched\"");
  }

  @Test
  void a_private_address_is_refused_before_anything_is_sent() throws Exception {
    AddressGuard strict = new AddressGuard(Set.of());
    later(notifier(Format.WEBHOOK, strict, URI.create("https://127.0.0.1:1/x")));
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 10).getFirst().lastError())
        .contains("not public");
    for (String each :
        List.of(
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "::1",
            "fc00::1",
            "fe80::1",
            "0.0.0.0",
            "224.0.0.1")) {
      assertThat(AddressGuard.isPublic(InetAddress.getByName(each))).as(each).isFalse();
    }
    assertThat(AddressGuard.isPublic(InetAddress.getByName("8.8.8.8"))).isTrue();
    assertThat(keys).isEmpty();
  }

  @Test
  void robots_say_no_in_a_200() throws Exception {
    Notifier notifier = notifier(Format.WECOM, HOME, here());
    answer.set("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");
    later(notifier);
    assertThat(notifier.check().why()).contains("refusal");
    answer.set("{\"errcode\":0}");
    later(notifier);
    assertThat(bodies.getLast()).contains("markdown").contains("Gas at the market");
    Notifier dingtalk = notifier(Format.DINGTALK, HOME, here());
    later(dingtalk);
    assertThat(bodies.getLast()).contains("\"title\":\"HoloGrid\"");
  }

  @Test
  void a_webhook_is_signed_over_its_time_and_its_very_bytes() throws Exception {
    later(notifier(Format.WEBHOOK, HOME, here()));
    Matcher signature =
        Pattern.compile("t=(\\d+),sha256=([0-9a-f]{64})").matcher(signatures.getFirst());
    assertThat(signature.matches()).as(signatures.getFirst()).isTrue();
    Instant sent = Instant.ofEpochMilli(Long.parseLong(signature.group(1)));
    assertThat(sent).isBetween(time.get().minusSeconds(3700), time.get());
    String signed = signature.group(1) + "." + bodies.getFirst();
    assertThat(HexFormat.of().formatHex(hmac("s3cret", signed))).isEqualTo(signature.group(2));
    assertThat(HexFormat.of().formatHex(hmac("s3cret", signed + " ")))
        .isNotEqualTo(signature.group(2));
    JsonObject notice = new JsonObject(bodies.getFirst());
    assertThat(notice.getString("key")).isEqualTo(keys.getFirst()).endsWith("/1/hook");
    HttpChannel.Target open =
        new HttpChannel.Target("hook", here(), Format.WEBHOOK, new Secret(""));
    later(
        new Notifier(vertx, outbox, List.of(new HttpChannel(vertx, open, HOME, clock)), clock, 3));
    assertThat(signatures).hasSize(2);
    assertThat(signatures.get(1)).as("without a secret").isEqualTo("null");
  }

  @Test
  void the_address_of_a_dingtalk_robot_is_signed() throws Exception {
    later(notifier(Format.DINGTALK, HOME, here()));
    MultiMap query = queries.getFirst();
    String timestamp = query.get("timestamp");
    byte[] sign = hmac("s3cret", timestamp + "\n" + "s3cret");
    assertThat(query.get("sign")).isEqualTo(Base64.getEncoder().encodeToString(sign));
    assertThat(query.get("x")).as("what the address had").isEqualTo("1");
    assertThat(Instant.ofEpochMilli(Long.parseLong(timestamp)))
        .isBetween(time.get().minusSeconds(3700), time.get());
  }

  /** As the receiver's side would write it: by the JDK alone. */
  private static byte[] hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_mail_has_one_identity_however_often_it_is_sent() throws Exception {
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    try {
      NotifyConfig.Target target =
          new NotifyConfig.Target(
              NotifyConfig.Kind.EMAIL,
              URI.create("smtp://127.0.0.1:" + smtp.getSmtp().getPort()),
              NotifyConfig.Login.of(new Secret("")),
              new Interest.Wish("hook", Interest.DEFAULT_EVENTS, Priority.P4),
              new NotifyConfig.Mail("grid@example.org", List.of("duty@example.org")));
      EmailChannel channel = new EmailChannel(vertx, target);
      Outbox.Notice notice = outbox.due("hook", time.get(), 1).getFirst();
      channel.send(notice).await(20, TimeUnit.SECONDS);
      Notifier notifier = new Notifier(vertx, outbox, List.of(channel), clock, 3);
      later(notifier);
      later(notifier);
      MimeMessage[] mails = smtp.getReceivedMessages();
      assertThat(mails).hasSize(3);
      assertThat(mails[0].getSubject()).isEqualTo("[P1] opened: Gas at the market");
      assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID());
      assertThat(mails[2].getSubject()).contains("dispatched");
      assertThat(mails[2].getMessageID()).isNotEqualTo(mails[0].getMessageID());
      assertThat(mails[2].getHeader("References")).isEqualTo(mails[0].getHeader("References"));
      assertThat(mails[0].getAllRecipients()[0]).hasToString("duty@example.org");
    } finally {
      smtp.stop();
    }
  }

  @Test
  void a_title_cannot_become_a_header() throws Exception {
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    try {
      NotifyConfig.Target target =
          new NotifyConfig.Target(
              NotifyConfig.Kind.EMAIL,
              URI.create("smtp://127.0.0.1:" + smtp.getSmtp().getPort()),
              NotifyConfig.Login.of(new Secret("")),
              new Interest.Wish("hook", Interest.DEFAULT_EVENTS, Priority.P4),
              new NotifyConfig.Mail("grid@example.org", List.of("duty@example.org")));
      Outbox.Notice real = outbox.due("hook", time.get(), 1).getFirst();
      Outbox.Notice hostile =
          new Outbox.Notice(
              real.id(),
              real.key(),
              real.incident(),
              real.channel(),
              real.event(),
              real.body().replace("Gas at the market", "Gas\\r\\nBcc: all@example.org"),
              0,
              "WAITING",
              "");
      new EmailChannel(vertx, target).send(hostile).await(20, TimeUnit.SECONDS);
      MimeMessage mail = smtp.getReceivedMessages()[0];
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getSubject()).contains("Gas Bcc: all@example.org");
    } finally {
      smtp.stop();
    }
  }

  @Test
  void the_configuration_is_read_with_every_problem() {
    Settings good =
        Settings.parse(
            "test",
            """
            notify:
              attempts: 5
              channels:
                - {name: duty, kind: webhook, url: "https://example.org/hook", least: P2}
                - {name: mail, kind: email, url: "smtp://example.org", to: [a@example.org]}
                - {name: bus, kind: mqtt, url: "mqtt://example.org/inc"}
                - name: safe
                  kind: mqtt
                  url: "mqtts://example.org/inc"
                  username: hologrid
                  authority: /etc/hologrid/ca.pem
            """,
            Map.of("HOLOGRID_NOTIFY_CHANNELS_0_SECRET", "s3cret"));
    NotifyConfig config = NotifyConfig.read(good);
    good.finish();
    assertThat(config.targets()).extracting(NotifyConfig.Target::name).contains("duty", "bus");
    assertThat(config.targets().getFirst().login().secret().reveal()).isEqualTo("s3cret");
    assertThat(config.targets().getFirst().wish().events())
        .as("what somebody may have to act on")
        .contains("assigned", "reminded", "deferral_requested", "rejected", "self_handled");
    assertThat(Channels.of(vertx, config, clock)).hasSize(4);
    Settings bad =
        Settings.parse(
            "test",
            """
            notify:
              channels:
                - {name: Duty, kind: telex, least: P9, events: [opend]}
                - {name: mail, kind: email, url: "https://example.org"}
                - {name: bus, kind: mqtt, url: "mqtt://example.org", username: us, authority: a.pem}
            """,
            Map.of());
    NotifyConfig.read(bad);
    assertThatThrownBy(bad::finish)
        .hasMessageContaining("channels.0.name")
        .hasMessageContaining("channels.0.kind")
        .hasMessageContaining("channels.0.least")
        .hasMessageContaining("opend")
        .hasMessageContaining("channels.0.url")
        .hasMessageContaining("channels.1.url")
        .hasMessageContaining("channels.1.to")
        .hasMessageContaining("channels.2.url would send the password in the clear")
        .hasMessageContaining("channels.2.authority is used with mqtts:// alone");
  }
}
