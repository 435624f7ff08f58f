package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says who a request comes from. On the event loop: looks at memory only. */
interface Gatekeeper {
  /** Who uses what is open to all without having said who they are. */
  Person NOBODY = new Person("", "nobody", Set.of(), "-", false, "");

  /**
   * The person, or null when the request does not say.
   *
   * @throws Refused when it says something that is not so
   */
  @Nullable Person identify(RoutingContext context);
}
