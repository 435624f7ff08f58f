package dev.hologrid.gateway.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What does not leave this machine and so need not be encrypted. */
public final class ThisMachine {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private ThisMachine() {}

  /** Whether the host of an address, as {@link java.net.URI#getHost} gives it, is this machine. */
  public static boolean is(@Nullable String host) {
    return host != null && NAMES.contains(host);
  }
}
