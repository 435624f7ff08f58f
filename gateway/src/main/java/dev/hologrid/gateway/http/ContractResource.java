package dev.hologrid.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The contract itself, for those who write clients. */
final class ContractResource implements Resource {
  private final Buffer openapi = load(Contract.FILE);
  private final Buffer asyncapi = load("asyncapi.yaml");

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "getOpenApi", call -> Future.succeededFuture(Answer.of("application/yaml", openapi)),
        "getAsyncApi", call -> Future.succeededFuture(Answer.of("application/yaml", asyncapi)));
  }

  private static Buffer load(String file) {
    try (InputStream in = ContractResource.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
