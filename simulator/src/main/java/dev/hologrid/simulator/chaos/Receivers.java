package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Receivers of notifications, good and bad: {@code /good} takes them, {@code /hang} never answers,
 * {@code /stream} answers without end, {@code /redirect} sends on to {@code /inside}, {@code
 * /error} always fails. Safe for use by many threads.
 */
final class Receivers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HANG_SECONDS = 600;

  private final HttpServer server;
  private final Path deliveries;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inside = new AtomicInteger();

  Receivers(Path deliveries) throws IOException {
    this.deliveries = deliveries;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/good", this::good);
    server.createContext("/hang", Receivers::hang);
    server.createContext("/stream", Receivers::stream);
    server.createContext("/redirect", Receivers::redirect);
    server.createContext("/inside", this::inside);
    server.createContext("/error", exchange -> answer(exchange, 500));
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Different idempotency keys that the good one has. */
  int taken() {
    return keys.size();
  }

  /** How often somebody followed the redirect. */
  int lured() {
    return inside.get();
  }

  private void good(HttpExchange exchange) throws IOException {
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    note(JSON.writeValueAsString(Map.of("key", key, "body", body)) + "\n");
    keys.add(key);
    answer(exchange, 204);
  }

  private synchronized void note(String line) {
    try {
      Files.writeString(deliveries, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void hang(HttpExchange exchange) {
    try {
      TimeUnit.SECONDS.sleep(HANG_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] chunk = new byte[16 << 10];
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(chunk); // until the other side has enough
      }
    }
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/inside");
    answer(exchange, 307);
  }

  private void inside(HttpExchange exchange) throws IOException {
    inside.incrementAndGet();
    answer(exchange, 204);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
