package dev.hologrid.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, from the class path folder {@code web}, held in memory once asked for.
 * {@code /} is the console, and a page is also found without its extension: {@code /mobile}, {@code
 * /wall}. The console keeps its own places behind the {@code #}.
 */
final class StaticFiles implements Handler<RoutingContext> {
  private static final String FOLDER = "web";
  private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*)*/?");
  private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9]{8,}\\.[a-z0-9.]+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("map", "application/json; charset=utf-8"),
          Map.entry("geojson", "application/geo+json; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("pbf", "application/x-protobuf"));

  private final Map<String, Held> held = new ConcurrentHashMap<>();

  private record Held(Buffer bytes, String type, String tag, String cache) {}

  @Override
  public void handle(RoutingContext context) {
    String path = context.normalizedPath();
    HttpMethod method = context.request().method();
    if (Paths.machine(path)
        || !SAFE.matcher(path).matches()
        || (method != HttpMethod.GET && method != HttpMethod.HEAD)) {
      context.next();
      return;
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name = path.equals("/") ? "/index.html" : last.contains(".") ? path : path + ".html";
    Held known = held.get(name);
    if (known != null) {
      send(context, known);
      return;
    }
    context
        .vertx()
        .executeBlocking(() -> read(name), false)
        .onSuccess(
            found -> {
              if (found == null) {
                context.next();
              } else {
                send(context, found);
              }
            })
        .onFailure(context::fail);
  }

  private void send(RoutingContext context, Held file) {
    HttpServerResponse response = context.response();
    response.putHeader("ETag", file.tag()).putHeader("Cache-Control", file.cache());
    if (Tags.match(context.request().getHeader("If-None-Match"), file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", file.type());
    if (context.request().method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", String.valueOf(file.bytes().length())).end();
    } else {
      response.end(file.bytes());
    }
  }

  private @Nullable Held read(String name) {
    try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      String type =
          TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
      String cache =
          HASHED.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache";
      Held file = new Held(Buffer.buffer(bytes), type, Tags.of(bytes), cache);
      held.put(name, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the console's file " + name + " cannot be read", e);
    }
  }
}
