package dev.lakebed.launch;

import dev.lakebed.ops.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Turns PEM files into the PKCS#12 file that Payara reads, readable by this user only. */
final class KeyStoreFile {
  static final String ALIAS = "lakebed";

  /** Payara opens key stores with its master password, which is this one unless changed. */
  private static final char[] PASSWORD = "changeit".toCharArray();

  private KeyStoreFile() {}

  static Path write(Settings.Tls tls, Path directory) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry(ALIAS, key(tls.key()), PASSWORD, chain(tls.certificate()));
      Path file =
          Files.createFile(
              directory.resolve("tls.p12"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD);
      }
      return file;
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw new CannotStartException(
          Main.UNUSABLE_CONFIGURATION,
          "the TLS certificate or key cannot be used: " + unusable.getMessage());
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }
}
