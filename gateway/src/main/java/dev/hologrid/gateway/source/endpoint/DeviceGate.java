package dev.hologrid.gateway.source.endpoint;

import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decides who may connect, and what each may publish. Safe for use by many threads. */
public interface DeviceGate {
  /** Decides about one CONNECT; never fails, never blocks the caller. */
  CompletionStage<Admission> admit(Hello hello);

  /**
   * What a client says of itself.
   *
   * @param address its IP address
   * @param certificate what TLS has proven, if asked for
   */
  record Hello(
      String client,
      @Nullable String user,
      @Nullable String password,
      String address,
      boolean loopback,
      @Nullable X509Certificate certificate) {
    @Override
    public String toString() {
      return "Hello[client=" + client + ", user=" + user + ", address=" + address + "]";
    }
  }

  /** The decision. */
  sealed interface Admission {}

  /** Not let in. The client hears no more than the kind of refusal. */
  record Refused(Refusal refusal) implements Admission {}

  /** Let in. */
  non-sealed interface Admitted extends Admission {
    /** The device id, or empty for an anonymous client. */
    String device();

    /**
     * Who it is, in one word for logs and sessions: {@code device:sm-1}, {@code person:ana}; empty
     * for an anonymous client. Sessions of different identities never meet, whatever client ids
     * they name.
     */
    default String identity() {
      return device().isEmpty() ? "" : "device:" + device();
    }

    /** Called for each message: decides in constant time and allocates nothing. */
    boolean mayPublish(String topic);

    /** The same for the moment that a will is sent, which may be long after the CONNECT. */
    default boolean mayStillPublish(String topic) {
      return mayPublish(topic);
    }
  }

  /** Why a client is not let in. */
  enum Refusal {
    WRONG_CREDENTIALS("unknown device or wrong credentials"),
    ANONYMOUS("anonymous clients are let in from the loopback address only"),
    LOCKED_OUT("too many failed tries from this address"),
    TOO_FAST("too many connections from this address"),
    REVOKED("the device was revoked"),
    NOT_TRUSTED("the certificate was revoked, or its authority is trusted no longer"),
    BAD_WILL("the will is not for a topic of this device"),
    BAD_CLIENT_ID("the client id is longer than 64 characters or holds one of + # / $"),
    TOO_MANY("too many open connections from this address"),
    TOO_LARGE("the CONNECT has more than 16 user properties"),
    NO_SUCH_METHOD("there is no enhanced authentication here"),
    UNTRUSTED("not one of the proxies that connections must come from");

    private final String why;

    Refusal(String why) {
      this.why = why;
    }

    public String why() {
      return why;
    }

    /** Its name in metrics, for example {@code wrong-credentials}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** Called with a device id whose live connections must end now. */
  interface Revoked {
    void revoked(String device);
  }

  /** Has {@code then} told about each device that loses its right while it may be connected. */
  default void onRevoked(Revoked then) {}
}
