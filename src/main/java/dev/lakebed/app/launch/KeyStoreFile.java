package dev.lakebed.app.launch;

import dev.lakebed.ops.Setting;
import dev.lakebed.ops.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Turns PEM files into the PKCS#12 file that Payara reads, readable by this user only. */
final class KeyStoreFile {
  static final String ALIAS = "lakebed";

  /** Payara opens key stores with its master password, which is this one unless changed. */
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Anything that can be signed. */
  private static final byte[] SAMPLE = {1};

  private KeyStoreFile() {}

  /**
   * Writes the file.
   *
   * @throws CannotStartException when certificate or key cannot be used
   */
  static Path write(Settings.Tls tls, Path directory) throws IOException {
    PemFile certificateFile = PemFile.read(Setting.TLS_CERT, tls.certificate());
    PemFile keyFile = PemFile.read(Setting.TLS_KEY, tls.key());
    X509Certificate[] chain = certificateFile.certificates();
    PrivateKey key = keyFile.key();
    try {
      if (!belong(key, chain[0])) {
        throw keyFile.unusable("is not the key of the first certificate in " + tls.certificate());
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry(ALIAS, key, PASSWORD, chain);
      return written(store, directory);
    } catch (GeneralSecurityException unusable) {
      throw certificateFile.unusable("cannot be used: " + unusable.getMessage());
    }
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(key);
    signature.update(SAMPLE);
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SAMPLE);
    return signature.verify(made);
  }

  private static Path written(KeyStore store, Path directory)
      throws IOException, GeneralSecurityException {
    Path file =
        Files.createFile(
            directory.resolve("tls.p12"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }
}
