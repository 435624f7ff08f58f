package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.identity.Credentials;
import java.util.Map;

/**
 * Whom the provider has signed in: the issuer and its subject say who it is, no name does.
 *
 * @param claims what the provider says of the person, verified
 * @param session the provider's own session ({@code sid}), or empty
 * @param idToken as it came, to sign out with
 * @param page where the person was before
 */
public record Identity(
    String issuer,
    String subject,
    Map<String, Object> claims,
    String session,
    String idToken,
    String page) {
  /** Persons of a provider are called this and 96 bits of a hash; no name is theirs to choose. */
  private static final String PREFIX = "openid-";

  private static final int HEX = 24;

  public Identity {
    claims = Map.copyOf(claims);
  }

  /** The person's id on this server: the same for the same issuer and subject, for nobody else. */
  public String person() {
    return person(issuer, subject);
  }

  static String person(String issuer, String subject) {
    String digest = Credentials.digest(issuer.length() + ":" + issuer + subject);
    return PREFIX + digest.substring(0, HEX);
  }

  /** Whether a person of this id comes from a provider. */
  public static boolean provided(String person) {
    return person.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return subject + " of " + issuer;
  }
}
