package dev.hologrid.gateway.http;

import io.vertx.core.Future;

/**
 * What answers one operation. Runs on the event loop and must not block it; refuses by throwing or
 * failing with {@link Refused}.
 */
@FunctionalInterface
interface Endpoint {
  Future<Answer> answer(Call call);
}
