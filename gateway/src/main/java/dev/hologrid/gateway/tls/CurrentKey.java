package dev.hologrid.gateway.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The key of each handshake is the one that the files hold at that moment. */
final class CurrentKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";
  private final ServerTls tls;

  CurrentKey(ServerTls tls) {
    this.tls = tls;
  }

  private @Nullable String alias(String keyType) {
    String algorithm = tls.held().key().getAlgorithm();
    boolean fits = keyType.equals(algorithm) || keyType.startsWith("EC_") && algorithm.equals("EC");
    return fits ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return alias(keyType) == null ? new String[0] : new String[] {ALIAS};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return tls.held().chain().clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return tls.held().key();
  }
}
