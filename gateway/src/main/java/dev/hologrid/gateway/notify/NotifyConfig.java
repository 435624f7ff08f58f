package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.config.ThisMachine;
import dev.hologrid.gateway.incident.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code notify}: who outside is told of incidents.
 *
 * @param attempts after so many a notice is a dead letter
 * @param keep so long a notice is shown after it was sent
 * @param allowedHosts host names that may be private or without TLS, for targets in the house
 * @param targets one for each channel
 */
public record NotifyConfig(
    int attempts, Duration keep, Set<String> allowedHosts, List<Target> targets) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final int MOST = 50;
  private static final String ALLOWED_HOSTS = "notify.allowed-hosts";
  private static final Set<String> PLAIN_MQTT = Set.of("mqtt", "tcp");

  public NotifyConfig {
    allowedHosts = Set.copyOf(allowedHosts);
    targets = List.copyOf(targets);
  }

  /** What a channel speaks. */
  public enum Kind {
    WEBHOOK,
    ALERTMANAGER,
    WECOM,
    DINGTALK,
    MQTT,
    EMAIL
  }

  /**
   * One channel.
   *
   * @param url {@code https://…} to post to, {@code mqtt://host:1883/prefix}, {@code
   *     mqtts://host:8883/prefix}, {@code smtp://host:25} or {@code smtps://host:465}
   * @param login what the target knows us by
   * @param wish what it hears of
   * @param mail used with {@link Kind#EMAIL}
   */
  public record Target(Kind kind, URI url, Login login, Interest.Wish wish, Mail mail) {
    String name() {
      return wish.channel();
    }
  }

  /**
   * What a target knows us by, and we it.
   *
   * @param username for a broker or a mail server; empty where it asks for none
   * @param secret the password of that user, or what signs a webhook or a DingTalk robot
   * @param authority PEM file of whom to trust instead of the JDK's list, with {@code mqtts}
   */
  public record Login(String username, Secret secret, @Nullable Path authority) {
    /** Without a user name. */
    public static Login of(Secret secret) {
      return new Login("", secret, null);
    }
  }

  /** An e-mail's envelope. */
  public record Mail(String from, List<String> to) {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /** Nobody is told. */
  public static NotifyConfig none() {
    return new NotifyConfig(20, Duration.ofDays(90), Set.of(), List.of());
  }

  /** Reads the section; problems are noted in the settings. */
  public static NotifyConfig read(Settings s) {
    List<Target> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int count = s.sections("notify.channels");
    if (count > MOST) {
      s.problem("notify.channels", "must be at most " + MOST + ", but were " + count);
    }
    for (int i = 0; i < Math.min(count, MOST); i++) {
      Target target = target(s, "notify.channels." + i);
      if (target != null && names.add(target.name())) {
        targets.add(target);
      } else if (target != null) {
        s.problem("notify.channels." + i + ".name", "is there twice: " + target.name());
      }
    }
    return new NotifyConfig(
        s.at("notify.attempts").integer(1, 1000, none().attempts()),
        s.at("notify.keep").duration(Duration.ofHours(1), Duration.ofDays(3650), none().keep()),
        Set.copyOf(s.list(ALLOWED_HOSTS)),
        targets);
  }

  private static @Nullable Target target(Settings s, String key) {
    String name = s.at(key + ".name").text("");
    if (!NAME.matcher(name).matches()) {
      s.problem(key + ".name", "must be 1 to 40 of a-z, 0-9, - and _, but was '" + name + "'");
    }
    Kind kind = s.at(key + ".kind").word(Kind.class, Kind.WEBHOOK);
    URI url = s.at(key + ".url").uriOrNull(schemes(kind));
    if (url == null || url.getHost() == null) {
      s.problem(key + ".url", "is required: the address of the channel, with a host");
    }
    Mail mail = new Mail(s.at(key + ".from").text("hologrid@localhost"), s.list(key + ".to"));
    if (kind == Kind.EMAIL && mail.to().isEmpty()) {
      s.problem(key + ".to", "must list at least one e-mail address");
    }
    Login login =
        new Login(
            s.at(key + ".username").text(""),
            s.at(key + ".secret").secret(),
            s.at(key + ".authority").pathOrNull());
    if (url != null && url.getHost() != null) {
      check(s, key, url, login);
    }
    Interest.Wish wish = new Interest.Wish(name, events(s, key, kind), least(s, key));
    return url == null || url.getHost() == null ? null : new Target(kind, url, login, wish, mail);
  }

  private static void check(Settings s, String key, URI url, Login login) {
    boolean clear = PLAIN_MQTT.contains(url.getScheme());
    boolean house = ThisMachine.is(url.getHost()) || s.list(ALLOWED_HOSTS).contains(url.getHost());
    if (clear && !login.username().isEmpty() && !house) {
      s.problem(
          key + ".url",
          "would send the password in the clear; use mqtts://, or name the host in "
              + ALLOWED_HOSTS);
    }
    if (login.authority() != null && !"mqtts".equals(url.getScheme())) {
      s.problem(key + ".authority", "is used with mqtts:// alone");
    }
  }

  private static Priority least(Settings s, String key) {
    String word = s.at(key + ".least").text("P4");
    for (Priority each : Priority.values()) {
      if (each.name().equals(word)) {
        return each;
      }
    }
    s.problem(key + ".least", "must be one of P1, P2, P3, P4, but was " + word);
    return Priority.P4;
  }

  private static Set<String> events(Settings s, String key, Kind kind) {
    Set<String> events = new HashSet<>(s.list(key + ".events"));
    for (String each : events) {
      if (!Interest.KNOWN_EVENTS.contains(each)) {
        s.problem(
            key + ".events",
            "must be some of "
                + Interest.KNOWN_EVENTS.stream().sorted().toList()
                + ", but has "
                + each);
      }
    }
    if (events.isEmpty()) {
      return Interest.DEFAULT_EVENTS;
    }
    if (kind == Kind.ALERTMANAGER) {
      events.addAll(AlertmanagerAlerts.NEEDED);
    }
    return events;
  }

  private static String[] schemes(Kind kind) {
    return switch (kind) {
      case MQTT -> new String[] {"mqtt", "mqtts", "tcp"};
      case EMAIL -> new String[] {"smtp", "smtps"};
      default -> new String[] {"https", "http"};
    };
  }

  /** What the outbox is to hold for whom. */
  public Interest interest() {
    return new Interest(targets.stream().map(Target::wish).toList());
  }
}
