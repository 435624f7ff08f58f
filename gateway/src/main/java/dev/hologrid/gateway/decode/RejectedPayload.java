package dev.hologrid.gateway.decode;

/** Carries a refusal out of nested parsing; never leaves this package. */
final class RejectedPayload extends Exception {
  private final Reason reason;

  RejectedPayload(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Decoded.Rejected asDecoded() {
    return new Decoded.Rejected(reason, String.valueOf(getMessage()));
  }
}
