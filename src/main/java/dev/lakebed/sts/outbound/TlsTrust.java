package dev.lakebed.sts.outbound;

import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.lakebed.sts.outbound.Fetcher.Destination;
import dev.lakebed.sts.outbound.Fetcher.OutboundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

final class TlsTrust {
  private TlsTrust() {}

  static SSLContext of(Destination destination) throws IOException {
    try {
      // Anybody is trusted when the operator asks for it by name: tlsInsecureSkipVerify.
      X509TrustManager authorities =
          destination.anyCertificate()
              ? new TrustAllTrustManager()
              : platform(destination.caCertificate().map(TlsTrust::store).orElse(null));
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager trust =
          destination.thumbprints().isEmpty()
              ? authorities
              : new Pinned(authorities, destination.thumbprints());
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | IllegalArgumentException failed) {
      throw new OutboundException("TLS cannot be set up: " + failed.getMessage(), failed);
    }
  }

  private static X509TrustManager platform(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
  }

  private static KeyStore store(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      return store;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(pem + " cannot be used: " + unreadable, unreadable);
    }
  }

  private record Pinned(X509TrustManager authorities, List<String> thumbprints)
      implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this side has no clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      authorities.checkServerTrusted(chain, type);
      for (X509Certificate certificate : chain) {
        if (thumbprints.contains(sha1(certificate))) {
          return;
        }
      }
      throw new CertificateException("no certificate of the chain has one of the thumbprints");
    }

    private static String sha1(X509Certificate certificate) throws CertificateException {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return HexFormat.of().formatHex(digest);
      } catch (GeneralSecurityException failed) {
        throw new CertificateException(failed);
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.getAcceptedIssuers();
    }
  }
}
