package dev.hologrid.simulator.doctor;

import dev.hologrid.simulator.mqtt.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a broker can do, as it says itself and as it then does.
 *
 * @param facts name and value, in the order in which they are shown
 * @param verdicts what of it matters to HoloGrid
 */
record BrokerReport(List<Fact> facts, List<Verdict> verdicts) {
  private static final int MESSAGES = 200;
  private static final int UNLIMITED = 65_535;

  /** HoloGrid's own `broker.receive-maximum`, and its usual largest payload with topic. */
  private static final long WANTED_IN_FLIGHT = 1_000;

  private static final long WANTED_PACKET = 64 << 10;
  private static final long WANTED_EXPIRY = 3_600;

  /** One line of the table. */
  record Fact(String name, String value) {}

  /** Whether it matters: {@code ok}, {@code note}, {@code lacking}. */
  record Verdict(String level, String text) {}

  boolean fit() {
    return verdicts.stream().noneMatch(each -> each.level().equals("lacking"));
  }

  /** Asks; throws when nobody answers, or nobody may come in. */
  static BrokerReport of(Server server, @Nullable String user, @Nullable String password)
      throws IOException {
    Asking asking = new Asking(server, user, password);
    asking.versions();
    asking.promises();
    asking.deeds();
    return new BrokerReport(List.copyOf(asking.facts), List.copyOf(asking.verdicts));
  }

  private static final class Asking {
    private final Server server;
    private final @Nullable String user;
    private final @Nullable String password;
    private final String id = "doctor-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Fact> facts = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private int version = 5;

    Asking(Server server, @Nullable String user, @Nullable String password) {
      this.server = server;
      this.user = user;
      this.password = password;
    }

    private MqttTalk letIn(int as) throws IOException {
      MqttTalk talk = new MqttTalk(server, as);
      try {
        MqttTalk.Connack answer = talk.connect(id, user, password);
        if (answer.code() != 0) {
          throw new IOException("it refused with 0x" + Integer.toHexString(answer.code()));
        }
        return talk;
      } catch (IOException e) {
        talk.close();
        throw e;
      }
    }

    private @Nullable IOException refusal(int as) {
      try (MqttTalk talk = letIn(as)) {
        return null;
      } catch (IOException e) {
        return e;
      }
    }

    void versions() throws IOException {
      IOException three = refusal(4);
      IOException five = refusal(5);
      fact("MQTT 3.1.1", three == null ? "yes" : "no: " + three.getMessage());
      fact("MQTT 5", five == null ? "yes" : "no: " + five.getMessage());
      if (three != null && five != null) {
        throw new IOException(server.host() + ":" + server.port() + ": " + five.getMessage());
      }
      if (five == null) {
        ok("MQTT 5: used by default (broker.version: v5)");
      } else {
        version = 4;
        note("no MQTT 5: set broker.version: v3; a lost session is then seen by its flag alone");
      }
    }

    void promises() throws IOException {
      if (version < 5) {
        return;
      }
      try (MqttTalk talk = new MqttTalk(server, 5)) {
        MqttTalk.Connack said = talk.connect(id, user, password);
        long window = said.number(MqttTalk.RECEIVE_MAXIMUM, UNLIMITED);
        long packet = said.number(MqttTalk.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
        long expiry = said.number(MqttTalk.SESSION_EXPIRY, WANTED_EXPIRY);
        fact("receive maximum", Long.toString(window));
        fact("maximum packet size", packet == Long.MAX_VALUE ? "not limited" : packet + " B");
        fact("maximum QoS", Long.toString(said.number(MqttTalk.MAXIMUM_QOS, 2)));
        fact("retained messages", yes(said.number(MqttTalk.RETAIN_AVAILABLE, 1)));
        fact("wildcard subscriptions", yes(said.number(MqttTalk.WILDCARD_AVAILABLE, 1)));
        fact("shared subscriptions", yes(said.number(MqttTalk.SHARED_AVAILABLE, 1)));
        fact("session expiry", "asked for 3600 s, gives " + expiry + " s");
        fact("topic aliases", Long.toString(said.number(MqttTalk.TOPIC_ALIAS_MAXIMUM, 0)));
        fact("server keep-alive", keepAlive(said.number(MqttTalk.SERVER_KEEP_ALIVE, -1)));
        if (window < WANTED_IN_FLIGHT) {
          note("it takes " + window + " messages in flight, so MQTT notifications are slower");
        }
        if (packet < WANTED_PACKET) {
          note("packets of at most " + packet + " B: events of cameras may be larger");
        }
        if (said.number(MqttTalk.MAXIMUM_QOS, 2) < 1) {
          lacking("QoS 1 is needed, or messages are lost whenever a connection breaks");
        }
        if (expiry < WANTED_EXPIRY) {
          note("sessions end after " + expiry + " s: after a longer outage its queue is gone");
        } else {
          ok("it keeps the session, and with it what comes while HoloGrid is away");
        }
      }
    }

    void deeds() throws IOException {
      try (MqttTalk talk = letIn(version)) {
        int plain = talk.subscribe("hologrid-" + id + "/#", 1);
        int shared = talk.subscribe("$share/" + id + "/hologrid-" + id + "/shared/#", 1);
        fact("subscribes at QoS 1", granted(plain));
        fact("subscribes in a group", granted(shared));
        if (plain >= 0x80 || plain < 1) {
          lacking("it does not let this user subscribe with a wildcard at QoS 1");
        }
        if (shared >= 0x80) {
          note("no shared subscriptions: leave broker.clients at 1");
        } else {
          ok("shared subscriptions: broker.clients may be more than 1");
        }
        latency(talk);
      }
    }

    private void latency(MqttTalk talk) {
      long[] took = new long[MESSAGES];
      try {
        for (int i = 0; i < MESSAGES; i++) {
          took[i] = talk.publish("hologrid-" + id + "/x", MqttTalk.text("{\"x\":1}"));
        }
      } catch (IOException e) {
        fact("acknowledges", "not: " + e.getMessage());
        note("this user may not publish: MQTT notifications and Sparkplug rebirths need that");
        return;
      }
      Arrays.sort(took);
      fact(
          "acknowledges within",
          String.format(
              Locale.ROOT,
              "median %.2f ms, p99 %.2f ms (%d messages, one after the other)",
              took[MESSAGES / 2] / 1e6,
              took[MESSAGES * 99 / 100] / 1e6,
              MESSAGES));
      note("its acknowledgement is its own promise: whether it is on disk, no broker says");
    }

    private static String granted(int code) {
      return code < 0x80 ? "yes, QoS " + code : "no: 0x" + Integer.toHexString(code);
    }

    private static String yes(long value) {
      return value == 0 ? "no" : "yes";
    }

    private static String keepAlive(long seconds) {
      return seconds < 0 ? "as asked for" : seconds + " s";
    }

    private void fact(String name, String value) {
      facts.add(new Fact(name, value));
    }

    private void ok(String text) {
      verdicts.add(new Verdict("ok", text));
    }

    private void note(String text) {
      verdicts.add(new Verdict("note", text));
    }

    private void lacking(String text) {
      verdicts.add(new Verdict("lacking", text));
    }
  }
}
