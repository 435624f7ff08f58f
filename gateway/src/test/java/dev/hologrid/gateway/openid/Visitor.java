package dev.hologrid.gateway.openid;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser without scripts: cookies for each server, redirects, forms. */
final class Visitor {
  private static final Pattern FORM =
      Pattern.compile("(?s)<form[^>]* action=\"([^\"]+)\"(.*?)</form>");
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

  private static final AtomicInteger VISITORS = new AtomicInteger();

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .localAddress(ownAddress()) // logins are limited by address
          .build();
  private final Map<String, Map<String, String>> cookies = new TreeMap<>();
  URI at = URI.create("about:blank");

  private static InetAddress ownAddress() {
    int n = VISITORS.incrementAndGet();
    try {
      return InetAddress.getByAddress(new byte[] {127, 1, (byte) (n >> 8), (byte) n});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** One request, as it is answered. */
  HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Accept", "text/html"));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    URI uri = request.copy().build().uri();
    String held = held(uri);
    if (!held.isEmpty()) {
      request.setHeader("Cookie", held);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String each : response.headers().allValues("Set-Cookie")) {
      String pair = each.split(";", 2)[0];
      String name = pair.substring(0, pair.indexOf('='));
      String value = pair.substring(pair.indexOf('=') + 1);
      if (value.isEmpty() || each.contains("Max-Age=0") || each.contains("01 Jan 1970")) {
        jar(uri).remove(name);
      } else {
        jar(uri).put(name, value);
      }
    }
    at = uri;
    return response;
  }

  /** A request of the console's own scripts. */
  HttpResponse<String> post(URI uri, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("X-HoloGrid", "1")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(URI uri, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("X-HoloGrid", "1")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** What goes on being sent. */
  HttpResponse<InputStream> open(URI uri) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).header("Cookie", held(uri)).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private String held(URI uri) {
    return jar(uri).entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("; "));
  }

  Map<String, String> jar(URI uri) {
    return cookies.computeIfAbsent(uri.getAuthority(), authority -> new LinkedHashMap<>());
  }

  /** Goes there and on, as long as servers send it on to where {@code path} is not. */
  HttpResponse<String> follow(URI uri, String path) throws IOException, InterruptedException {
    return follow(get(uri), path);
  }

  HttpResponse<String> follow(HttpResponse<String> response, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> now = response;
    while (now.statusCode() / 100 == 3) {
      URI next = next(now);
      if (!path.isEmpty() && next.getPath().equals(path)) {
        return now;
      }
      now = get(next);
    }
    return now;
  }

  /** Where an answer sends one. */
  URI next(HttpResponse<String> response) {
    return at.resolve(response.headers().firstValue("Location").orElseThrow());
  }

  /** Fills in the only form of a page and sends it. */
  HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields)
      throws IOException, InterruptedException {
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError(page.statusCode() + " without a form: " + page.body());
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (MatchResult input : INPUT.matcher(form.group(2)).results().toList()) {
      all.put(attribute(input.group(), "name"), attribute(input.group(), "value"));
    }
    all.putAll(fields);
    String body =
        all.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(at.resolve(form.group(1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String attribute(String tag, String name) {
    Matcher found = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
    return found.find() ? found.group(1) : "";
  }
}
