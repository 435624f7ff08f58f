package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.AuditAnchors;
import dev.hologrid.gateway.incident.Outbox.Notice;
import dev.hologrid.gateway.incident.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an HTTP target expects to be posted, and how it says no. */
public enum Format {
  /** The notice as it is, signed: {@code X-HoloGrid-Signature: t=…,sha256=…} over t.body. */
  WEBHOOK {
    @Override
    Post post(URI to, String secret, Notice notice, long nowMillis) {
      String signature = HexFormat.of().formatHex(hmac(secret, nowMillis + "." + notice.body()));
      return new Post(
          to,
          notice.body(),
          secret.isEmpty()
              ? Map.of()
              : Map.of("X-HoloGrid-Signature", "t=" + nowMillis + ",sha256=" + signature));
    }
  },
  /** Prometheus Alertmanager, API version 2: an alert per incident, ended when it is closed. */
  ALERTMANAGER {
    @Override
    Post post(URI to, String secret, Notice notice, long nowMillis) {
      return alerts(to, AlertmanagerAlerts.told(notice, Instant.ofEpochMilli(nowMillis)));
    }

    @Override
    Optional<Duration> refresh() {
      return Optional.of(AlertmanagerAlerts.REFRESH);
    }

    @Override
    Post again(URI to, List<Notice> latest, long nowMillis) {
      Instant now = Instant.ofEpochMilli(nowMillis);
      JsonArray all = new JsonArray();
      latest.forEach(each -> all.addAll(AlertmanagerAlerts.again(each, now)));
      return alerts(to, all);
    }
  },
  /** A WeCom group robot. */
  WECOM {
    @Override
    Post post(URI to, String secret, Notice notice, long nowMillis) {
      JsonObject body =
          new JsonObject()
              .put("msgtype", "markdown")
              .put("markdown", new JsonObject().put("content", text(notice)));
      return new Post(to, body.encode(), Map.of());
    }

    @Override
    boolean taken(String answer) {
      return errcodeIsZero(answer);
    }
  },
  /** A DingTalk group robot; with a secret its address is signed. */
  DINGTALK {
    @Override
    Post post(URI to, String secret, Notice notice, long nowMillis) {
      JsonObject body =
          new JsonObject()
              .put("msgtype", "markdown")
              .put("markdown", new JsonObject().put("title", "HoloGrid").put("text", text(notice)));
      if (secret.isEmpty()) {
        return new Post(to, body.encode(), Map.of());
      }
      String sign = Base64.getEncoder().encodeToString(hmac(secret, nowMillis + "\n" + secret));
      String query = to.getRawQuery() == null ? "?" : "&";
      String signed =
          to
              + query
              + "timestamp="
              + nowMillis
              + "&sign="
              + URLEncoder.encode(sign, StandardCharsets.UTF_8);
      return new Post(URI.create(signed), body.encode(), Map.of());
    }

    @Override
    boolean taken(String answer) {
      return errcodeIsZero(answer);
    }
  };

  record Post(URI to, String body, Map<String, String> headers) {}

  abstract Post post(URI to, String secret, Notice notice, long nowMillis);

  /** How often what stands is to be told again; of what is said once: never. */
  Optional<Duration> refresh() {
    return Optional.empty();
  }

  /** What stands, told again: the latest notice of each open incident. */
  Post again(URI to, List<Notice> latest, long nowMillis) {
    throw new UnsupportedOperationException(this + " says each thing once");
  }

  /** Whether nothing is left to do; an anchor of the audit is noted from the start. */
  static boolean isOver(String word) {
    State state = State.find(word);
    return state == null ? word.equals(AuditAnchors.NOTED) : !state.isOpen();
  }

  /** Behind the path that Alertmanager has, if it has one ({@code --web.route-prefix}). */
  private static Post alerts(URI to, JsonArray alerts) {
    String path = to.getRawPath() == null ? "" : to.getRawPath();
    String prefix = path.replaceAll("(/api/v2/alerts)?/*$", "");
    return new Post(to.resolve(prefix + "/api/v2/alerts"), alerts.encode(), Map.of());
  }

  /** Whether a 2xx answer with this body is a yes. */
  boolean taken(String answer) {
    return true;
  }

  /** A few lines for a chat; characters with a meaning in markdown are made harmless. */
  static String text(Notice notice) {
    JsonObject n = new JsonObject(notice.body());
    return "**%s %s** %s\n> %s\n> %s %s %s"
        .formatted(
            n.getString("priority"),
            plain(n.getString("title")),
            n.getString("event").toLowerCase(Locale.ROOT).replace('_', ' '),
            plain(n.getString("place")),
            n.getString("number"),
            n.getString("state"),
            n.getString("at"));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\[\\]()*_`<>#\\\\\\r\\n]", " ");
  }

  private static boolean errcodeIsZero(String answer) {
    try {
      return new JsonObject(answer).getInteger("errcode", -1) == 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = secret.isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
