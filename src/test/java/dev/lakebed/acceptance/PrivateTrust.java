package dev.lakebed.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the deployment's private authority and nobody else. */
final class PrivateTrust {
  private PrivateTrust() {}

  static TrustManager[] managers() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(only(Path.of(System.getProperty(ServerFiles.AUTHORITY))));
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  private static KeyStore only(Path certificate) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    return store;
  }
}
