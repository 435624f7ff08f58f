package dev.hologrid.gateway.openid;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What this server asks the provider, within bounds: 3 seconds to connect, 8 for the whole answer,
 * 256 KiB, no redirects, and nothing in clear over a network. Blocks. Safe for use by many threads.
 */
final class ProviderCalls implements HTTPRequestSender, ResourceRetriever, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final long WHOLE_SECONDS = 8;
  private static final int LONGEST = 256 * 1024;

  private final HttpClient client;

  /**
   * Calls nobody yet.
   *
   * @param trust whom to trust; null: whom the JDK trusts
   */
  ProviderCalls(@Nullable SSLContext trust) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    ProxySelector proxies = ProxySelector.getDefault();
    if (proxies != null) {
      builder.proxy(proxies);
    }
    if (trust != null) {
      builder.sslContext(trust);
    }
    this.client = builder.build();
  }

  /** The provider's answer does not come, or is not one. */
  static final class Unanswered extends IOException {
    private static final long serialVersionUID = 1L;

    Unanswered(String why) {
      super(why);
    }
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
    HttpRequest.Builder request = request(asked.getURI());
    for (Map.Entry<String, List<String>> header : asked.getHeaderMap().entrySet()) {
      header.getValue().forEach(value -> request.header(header.getKey(), value));
    }
    String body = asked.getBody();
    HttpResponse<String> response =
        answer(
            request.method(
                asked.getMethod().name(),
                body == null || body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body)));
    HTTPResponse answer = new HTTPResponse(response.statusCode());
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.isEmpty()) {
      try {
        answer.setContentType(type);
      } catch (ParseException e) {
        throw new Unanswered("its answer is of no known kind");
      }
    }
    answer.setBody(response.body());
    return answer;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    HttpResponse<String> response =
        answer(request(URI.create(url.toString())).header("Accept", "application/json").GET());
    if (response.statusCode() != 200) {
      throw new Unanswered(url + " answered " + response.statusCode());
    }
    return new Resource(
        response.body(), response.headers().firstValue("Content-Type").orElse("application/json"));
  }

  private static HttpRequest.Builder request(URI uri) throws Unanswered {
    if (!OpenIdConfig.secure(uri)) {
      throw new Unanswered(uri + " is not encrypted");
    }
    return HttpRequest.newBuilder(uri);
  }

  /** The client's own time limit ends with the head of an answer; this one with its last byte. */
  private HttpResponse<String> answer(HttpRequest.Builder request) throws IOException {
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), bounded());
    try {
      return answer.get(WHOLE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io ? io : new IOException(cause);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unanswered("it did not answer within " + WHOLE_SECONDS + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unanswered("this server is stopping");
    }
  }

  private static BodyHandler<String> bounded() {
    return head ->
        BodySubscribers.mapping(
            new BoundedBody(LONGEST), bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
