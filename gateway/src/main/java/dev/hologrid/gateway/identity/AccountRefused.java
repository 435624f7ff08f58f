package dev.hologrid.gateway.identity;

/** A device cannot be given an account this way; the message says why, and the way out. */
public final class AccountRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;
  private final boolean conflict;

  private AccountRefused(String field, boolean conflict, String message) {
    super(message, null, false, false);
    this.field = field;
    this.conflict = conflict;
  }

  static AccountRefused wrong(String field, String message) {
    return new AccountRefused(field, false, message);
  }

  static AccountRefused taken(String device) {
    return new AccountRefused(
        "id",
        true,
        device + " has credentials already; make new ones for it, or revoke them first");
  }

  /** What part of the request is wrong. */
  public String field() {
    return field;
  }

  /** True when the request is right by itself but does not fit to what is there. */
  public boolean conflict() {
    return conflict;
  }
}
