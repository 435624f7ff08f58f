package dev.hologrid.gateway.source.broker;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code broker}: an external MQTT broker to subscribe to.
 *
 * @param url {@code tcp://host:1883} or {@code ssl://host:8883}
 * @param topics the topic filters; empty: all that the gateway can read
 * @param session how the broker knows us
 * @param login user name and password
 * @param tls used with {@code ssl://}
 * @param longestPause the longest pause between two attempts to connect
 */
public record BrokerConfig(
    URI url, List<String> topics, Session session, Login login, Tls tls, Duration longestPause) {

  public BrokerConfig {
    topics = List.copyOf(topics);
  }

  /** The protocol's versions. */
  public enum Version {
    V5,
    V3
  }

  /**
   * How the broker knows us.
   *
   * @param version MQTT 5, or 3.1.1 for brokers that know nothing else
   * @param clientId the name of the session; with several clients each adds its number
   * @param group the shared subscription's name, or empty for a subscription of our own
   * @param clients how many connections share the group
   * @param receiveMaximum how many messages may wait for the journal, per connection
   * @param expiry how long the broker keeps messages for us while we are away
   * @param keepAlive how soon a dead connection is noticed
   */
  public record Session(
      Version version,
      String clientId,
      String group,
      int clients,
      int receiveMaximum,
      Duration expiry,
      Duration keepAlive) {

    /** A single persistent MQTT 5 session. */
    public static Session of(String clientId) {
      return new Session(
          Version.V5, clientId, "", 1, 1_000, Duration.ofHours(24), Duration.ofSeconds(30));
    }
  }

  /** Who we are; an empty user name means nobody. */
  public record Login(String username, Secret password) {
    public static Login none() {
      return new Login("", new Secret(""));
    }
  }

  /**
   * Files in PEM form.
   *
   * @param authority whom to trust instead of the JDK's list
   * @param certificate our certificate chain
   * @param key our private key, PKCS #8
   */
  public record Tls(@Nullable Path authority, @Nullable Path certificate, @Nullable Path key) {
    public static Tls none() {
      return new Tls(null, null, null);
    }
  }

  /** Reads the section, or gives null when no broker is set. */
  public static @Nullable BrokerConfig read(Settings s) {
    URI url = s.at("broker.url").uriOrNull("tcp", "ssl", "mqtt", "mqtts");
    int qos = s.at("broker.qos").integer(0, 2, 1);
    if (qos != 1) {
      s.problem(
          "broker.qos",
          "must be 1, but was "
              + qos
              + "; QoS 0 would lose messages and QoS 2 cannot be acknowledged after storing");
    }
    List<String> topics = s.list("broker.topics");
    Session session = readSession(s);
    Login login = new Login(s.at("broker.username").text(""), s.at("broker.password").secret());
    Tls tls =
        new Tls(
            s.at("broker.tls.authority").pathOrNull(),
            s.at("broker.tls.certificate").pathOrNull(),
            s.at("broker.tls.key").pathOrNull());
    if ((tls.certificate == null) != (tls.key == null)) {
      s.problem("broker.tls.key", "and broker.tls.certificate must be given together");
    }
    Duration longestPause =
        s.at("broker.longest-pause")
            .duration(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(30));
    return url == null ? null : new BrokerConfig(url, topics, session, login, tls, longestPause);
  }

  private static Session readSession(Settings s) {
    Session session =
        new Session(
            s.at("broker.version").word(Version.class, Version.V5),
            s.at("broker.client-id").text("hologrid"),
            s.at("broker.group").text(""),
            s.at("broker.clients").integer(1, 16, 1),
            s.at("broker.receive-maximum").integer(1, 65_535, 1_000),
            s.at("broker.session-expiry")
                .duration(Duration.ZERO, Duration.ofDays(30), Duration.ofHours(24)),
            s.at("broker.keep-alive")
                .duration(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(30)));
    if (session.clients > 1 && session.group.isEmpty()) {
      s.problem(
          "broker.group",
          "is required when broker.clients is more than 1; otherwise each would get every message");
    }
    return session;
  }

  /** The same, with these filters where none were set. */
  public BrokerConfig reading(List<String> filters) {
    return topics.isEmpty()
        ? new BrokerConfig(url, filters, session, login, tls, longestPause)
        : this;
  }

  /** The address in Paho's words. */
  String pahoUrl() {
    boolean secure = secure();
    int port = url.getPort() < 0 ? (secure ? 8883 : 1883) : url.getPort();
    return (secure ? "ssl://" : "tcp://") + url.getHost() + ":" + port;
  }

  boolean secure() {
    return "ssl".equals(url.getScheme()) || "mqtts".equals(url.getScheme());
  }

  /** The filters as subscribed, with the group in front when there is one. */
  List<String> filters() {
    return session.group.isEmpty()
        ? topics
        : topics.stream().map(each -> "$share/" + session.group + "/" + each).toList();
  }

  /** The client id of connection {@code number}. */
  String clientId(int number) {
    return session.clients == 1 ? session.clientId : session.clientId + "-" + number;
  }
}
