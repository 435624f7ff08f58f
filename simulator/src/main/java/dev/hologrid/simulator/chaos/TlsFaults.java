package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Certificates end, are revoked, are changed: without a restart, and never without a word. */
final class TlsFaults {
  private static final Duration SEEN = Duration.ofSeconds(15);
  private static final int ANSWER_MS = 5_000;
  private static final String EXPIRY = "hologrid_certificate_expiry_timestamp_seconds";
  private static final int DAY_SECONDS = 86_400;

  private final Bench bench;
  private final Path live;
  private final Authority city;
  private final Authority next;
  private final int port;
  private final List<String> wrong = new ArrayList<>();
  private int tried;

  private TlsFaults(Bench bench) throws IOException, InterruptedException {
    this.bench = bench;
    this.live = Files.createDirectories(bench.folder().resolve("live"));
    this.city = Authority.create(bench.folder().resolve("city"), "city");
    this.next = Authority.create(bench.folder().resolve("next"), "next");
    this.port = Bench.freePort();
  }

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F23",
            "certificates end, are revoked, are changed",
            List.of("openssl", "faketime"),
            true,
            bench -> new TlsFaults(bench).run()));
  }

  private interface Step {
    /** What is wrong, or nothing. */
    String run() throws IOException, InterruptedException;
  }

  private Row run() throws IOException, InterruptedException {
    city.sign("server", "localhost", 365).sign("month", "localhost", 20);
    city.sign("ended", "localhost", 0).sign("sm-1", "sm-1", 365).sign("sm-2", "sm-2", 365);
    next.sign("server", "localhost", 365).sign("sm-3", "sm-3", 365);
    serve(city, "server");
    Authority.replace(city.root(), live.resolve("clients.pem"));
    city.list(live.resolve("revoked.pem"));
    settings();
    bench.set("mqtt.tls.port", Integer.toString(port));
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    step("certificates of the authority", () -> letIn(city, "sm-1") ? "" : "not let in");
    step("20 days left", () -> shortly(gateway));
    step("ended", () -> ended(gateway, fleet));
    step("a key that is none", () -> nonsense(gateway));
    step("client revoked", this::revoked);
    step("another authority", this::rotated);
    step("a year goes by", this::aYear);
    boolean well = bench.well(gateway, fleet);
    int survived = well ? tried - wrong.size() : 0;
    return bench.row("F23", tried, survived, gateway, String.join("; ", wrong));
  }

  private void settings() {
    bench.set("mqtt.tls.certificate", live.resolve("server.pem").toString());
    bench.set("mqtt.tls.key", live.resolve("server.key").toString());
    bench.set("mqtt.tls.client-authority", live.resolve("clients.pem").toString());
    bench.set("mqtt.tls.client-required", "true");
    bench.set("mqtt.tls.revoked", live.resolve("revoked.pem").toString());
  }

  private void step(String name, Step step) throws IOException, InterruptedException {
    tried++;
    String said = step.run();
    if (!said.isEmpty()) {
      wrong.add(name + ": " + said);
    }
  }

  /** Key first: in between they do not fit, and the former pair must stay in use. */
  private void serve(Authority authority, String name) throws IOException {
    Authority.replace(authority.key(name), live.resolve("server.key"));
    Authority.replace(authority.certificate(name), live.resolve("server.pem"));
  }

  private String shortly(GatewayProcess gateway) throws IOException, InterruptedException {
    serve(city, "month");
    if (!says(gateway, "endpoint degraded: the certificate", "ends in 19 days")) {
      return "no warning: " + Watch.complaints(gateway);
    }
    double left = gateway.labelled(EXPIRY, "mqtt") - System.currentTimeMillis() / 1000.0;
    if (left < 19 * DAY_SECONDS || left > 20 * DAY_SECONDS) {
      return "the metric says " + left + " s";
    }
    return letIn(city, "sm-1") ? "" : "not let in";
  }

  /** Whoever checks the server stays out and is told why; all others go on. */
  private String ended(GatewayProcess gateway, Child fleet)
      throws IOException, InterruptedException {
    serve(city, "ended");
    if (!says(gateway, "endpoint failed: the certificate", "ended on")) {
      return "not said: " + Watch.complaints(gateway);
    }
    if (gateway.status("/health") != 503) {
      return "health is not 503";
    }
    if (letIn(city, "sm-1")) {
      return "a client took a certificate that has ended";
    }
    if (!bench.well(gateway, fleet)) {
      return "devices without transport security are not served";
    }
    serve(city, "server");
    return healthy(gateway) && letIn(city, "sm-1") ? "" : "not well with a new certificate";
  }

  private String nonsense(GatewayProcess gateway) throws IOException, InterruptedException {
    Files.writeString(live.resolve("server.key"), "nonsense");
    if (!says(gateway, "endpoint degraded", "the former stays")) {
      return "not said: " + Watch.complaints(gateway);
    }
    if (!letIn(city, "sm-1")) {
      return "the former certificate does not serve";
    }
    serve(city, "server");
    return healthy(gateway) ? "" : "not well with the right key";
  }

  /** A live connection ends, and a resumed handshake is no way around the list. */
  private String revoked() throws IOException, InterruptedException {
    SSLSocketFactory first = city.client("sm-1");
    SSLSocketFactory second = city.client("sm-2");
    try (SSLSocket one = connected(first, "sm-1");
        SSLSocket two = connected(second, "sm-2")) {
      city.revoke("sm-1");
      city.list(live.resolve("revoked.pem"));
      if (!closed(one)) {
        return "its connection stays open";
      }
      if (letIn(first, "sm-1")) {
        return "let in again";
      }
      return alive(two) && letIn(second, "sm-2") ? "" : "another client suffers";
    }
  }

  private String rotated() throws IOException, InterruptedException {
    SSLSocketFactory former = city.client("sm-2");
    SSLSocketFactory fresh = next.client("sm-3");
    try (SSLSocket old = connected(former, "sm-2")) {
      if (letIn(fresh, "sm-3")) {
        return "a stranger's certificate is taken";
      }
      Path both = bench.folder().resolve("both.pem");
      Files.writeString(both, Files.readString(city.root()) + Files.readString(next.root()));
      Authority.replace(both, live.resolve("clients.pem"));
      serve(next, "server");
      if (!Waiting.until(SEEN, () -> letIn(fresh, "sm-3"))) {
        return "the new authority is not taken";
      }
      if (!alive(old)) {
        return "clients of the former authority are cut while it is still trusted";
      }
      Authority.replace(next.root(), live.resolve("clients.pem"));
      if (!closed(old)) {
        return "clients of the former authority stay";
      }
      return letIn(fresh, "sm-3") ? "" : "clients of the new authority are cut";
    }
  }

  /** Nobody touches a file: the clock alone brings the warning, and then the end. */
  private String aYear() throws IOException, InterruptedException {
    Path library = ClockFaults.library();
    if (library == null) {
      return "libfaketime is missing";
    }
    Path clock = Files.writeString(bench.folder().resolve("clock"), "+0");
    bench.set("mqtt.tls.port", "0");
    try (GatewayProcess later = bench.aside("later", ClockFaults.under(library, clock))) {
      if (!healthy(later)) {
        return "not well at first: " + Watch.complaints(later);
      }
      Files.writeString(clock, "+" + 345 * DAY_SECONDS);
      if (!says(later, "endpoint degraded: the certificate", "days, on")) {
        return "no warning as its end comes near";
      }
      Files.writeString(clock, "+" + 366 * DAY_SECONDS);
      return says(later, "endpoint failed: the certificate", "ended on") ? "" : "its end not said";
    }
  }

  private static boolean says(GatewayProcess gateway, String start, String part)
      throws InterruptedException {
    return Waiting.until(
        SEEN,
        () ->
            Watch.complaints(gateway).stream()
                .anyMatch(each -> each.startsWith(start) && each.contains(part)));
  }

  private static boolean healthy(GatewayProcess gateway) throws InterruptedException {
    return Waiting.until(SEEN, () -> Watch.complaints(gateway).isEmpty());
  }

  private boolean letIn(Authority by, String name) throws IOException, InterruptedException {
    return letIn(by.client(name), name);
  }

  private boolean letIn(SSLSocketFactory sockets, String id) {
    try (SSLSocket socket = connected(sockets, id)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A client that checks the server, was let in, and stays. */
  private SSLSocket connected(SSLSocketFactory sockets, String id) throws IOException {
    SSLSocket socket = (SSLSocket) sockets.createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(ANSWER_MS);
      ByteBuf hello = Unpooled.buffer();
      Packet.connect(hello, id, 60, null);
      socket.getOutputStream().write(hello.array(), 0, hello.readableBytes());
      byte[] answer = socket.getInputStream().readNBytes(4);
      if (answer.length < 4 || answer[3] != 0) {
        throw new IOException("not let in");
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static boolean alive(SSLSocket socket) throws IOException {
    ByteBuf ping = Unpooled.buffer();
    Packet.ping(ping);
    try {
      socket.getOutputStream().write(ping.array(), 0, ping.readableBytes());
      return socket.getInputStream().readNBytes(2).length == 2;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean closed(SSLSocket socket) throws IOException {
    socket.setSoTimeout((int) SEEN.toMillis());
    try {
      while (socket.getInputStream().read() >= 0) {}
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }
}
