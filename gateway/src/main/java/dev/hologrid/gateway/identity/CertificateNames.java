package dev.hologrid.gateway.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names that a certificate proves: the subject's CN and the DNS and URI alternative names. */
final class CertificateNames {
  private static final int DNS = 2;
  private static final int URI = 6;

  private CertificateNames() {}

  static Set<String> of(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (Rdn each : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (each.getType().equalsIgnoreCase("CN") && each.getValue() instanceof String text) {
          names.add(text);
        }
      }
      Collection<List<?>> more = certificate.getSubjectAlternativeNames();
      if (more != null) {
        for (List<?> each : more) {
          if ((each.get(0).equals(DNS) || each.get(0).equals(URI))
              && each.get(1) instanceof String text) {
            names.add(text.startsWith("urn:hologrid:device:") ? text.substring(20) : text);
          }
        }
      }
    } catch (InvalidNameException | CertificateParsingException e) {
      return Set.of();
    }
    return names;
  }
}
