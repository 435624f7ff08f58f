package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends a notice as plain text over SMTP. The Message-ID follows from the notice's key, so a mail
 * program that gets it twice shows it once; all mails of an incident are one thread.
 */
public final class EmailChannel implements Channel {
  private static final int SECONDS = 20;
  private static final int LONGEST_SUBJECT = 200;

  private final NotifyConfig.Target target;
  private final MailClient client;

  public EmailChannel(Vertx vertx, NotifyConfig.Target target) {
    this.target = target;
    this.client = MailClient.create(vertx, config(target));
  }

  private static MailConfig config(NotifyConfig.Target target) {
    boolean tls = "smtps".equals(target.url().getScheme());
    int port = target.url().getPort() > 0 ? target.url().getPort() : tls ? 465 : 25;
    boolean login = !target.login().username().isEmpty();
    MailConfig config =
        new MailConfig()
            .setHostname(target.url().getHost())
            .setPort(port)
            .setSsl(tls)
            .setStarttls(tls ? StartTLSOptions.DISABLED : StartTLSOptions.OPTIONAL)
            .setLogin(login ? LoginOption.REQUIRED : LoginOption.NONE)
            .setConnectTimeout(SECONDS * 1000)
            .setMaxPoolSize(2)
            .setKeepAlive(false);
    if (login) {
      // A password is never sent in the clear.
      config
          .setUsername(target.login().username())
          .setPassword(target.login().secret().reveal())
          .setStarttls(tls ? StartTLSOptions.DISABLED : StartTLSOptions.REQUIRED);
    }
    return config;
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public Future<Void> send(Notice notice) {
    return client.sendMail(message(notice)).timeout(SECONDS, TimeUnit.SECONDS).mapEmpty();
  }

  private MailMessage message(Notice notice) {
    JsonObject n = new JsonObject(notice.body());
    String event = n.getString("event").toLowerCase(Locale.ROOT).replace('_', ' ');
    String subject =
        line("[%s] %s: %s".formatted(n.getString("priority"), event, n.getString("title")));
    String text =
        """
        %s
        %s, state %s, level %s
        place %s
        category %s
        at %s by %s
        """
            .formatted(
                line(n.getString("title")),
                n.getString("number"),
                n.getString("state"),
                n.getString("level"),
                line(n.getString("place")),
                n.getString("category"),
                n.getString("at"),
                line(n.getString("by")));
    MailMessage message =
        new MailMessage()
            .setFrom(target.mail().from())
            .setTo(target.mail().to())
            .setSubject(subject)
            .setText(text);
    return message
        .addHeader("Message-ID", id(notice.key()))
        .addHeader("References", id(notice.incident()))
        .addHeader("X-HoloGrid-Key", line(notice.key()))
        .addHeader("Auto-Submitted", "auto-generated");
  }

  /** The same text gives the same id. */
  private static String id(String text) {
    return "<" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)) + "@hologrid>";
  }

  /** One line: what people wrote must not become a header. */
  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line;
  }

  @Override
  public void close() {
    var unused = client.close();
  }
}
