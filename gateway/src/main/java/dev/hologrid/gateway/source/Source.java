package dev.hologrid.gateway.source;

import dev.hologrid.gateway.component.Component;
import io.vertx.core.Future;

/**
 * A way in. Knows its protocol and nothing else: it hands every message to the one {@link Inbox}
 * and acknowledges when the message says so.
 */
public interface Source extends Component {
  /**
   * Starts listening or connecting; fails when the address is taken. A dead broker is no failure
   * here: {@link #check()} tells it.
   */
  Future<Void> start();
}
