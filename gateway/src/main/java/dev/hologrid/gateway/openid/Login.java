package dev.hologrid.gateway.openid;

/**
 * A login under way: what its answer must match.
 *
 * @param state comes back in the browser's address (RFC 6749, 10.12)
 * @param nonce comes back in the ID token (OpenID Connect Core 1.0, 3.1.2.1)
 * @param verifier proves to the provider that who began ends it (RFC 7636)
 * @param page where the person was, to go back to
 */
record Login(String state, String nonce, String verifier, String page) {
  /** Three of its fields are secrets of one login. */
  @Override
  public String toString() {
    return "login to " + page;
  }
}
