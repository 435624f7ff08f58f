package dev.hologrid.gateway.source.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets everybody on this machine in, to publish anything. Meant for the demo and for first tries.
 */
public final class AnonymousGate implements DeviceGate {
  private record Anybody() implements Admitted {
    @Override
    public String device() {
      return "";
    }

    @Override
    public boolean mayPublish(String topic) {
      return true;
    }
  }

  private static final Admission ANYBODY = new Anybody();

  private final boolean anywhere;

  /** With {@code anywhere}, clients of other machines get in, too. */
  public AnonymousGate(boolean anywhere) {
    this.anywhere = anywhere;
  }

  @Override
  public CompletionStage<Admission> admit(Hello hello) {
    return CompletableFuture.completedFuture(
        anywhere || hello.loopback() ? ANYBODY : new Refused(Refusal.ANONYMOUS));
  }
}
