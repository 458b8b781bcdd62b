package dev.lakebed.app.launch;

import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns PEM files into the PKCS#12 file that Payara reads, readable by this user only. */
final class KeyStoreFile {
  static final String ALIAS = "lakebed";

  /** Payara opens key stores with its master password, which is this one unless changed. */
  private static final char[] PASSWORD = "changeit".toCharArray();

  private KeyStoreFile() {}

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
    signature.initSign(key); // no bytes: anything that can be signed will do
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
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

  /** A PEM file that a setting names, and what it holds; a refusal names both. */
  record PemFile(Setting setting, Path file, String text) {
    private static final Pattern KEY =
        Pattern.compile(
            "-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    static PemFile read(Setting setting, Path file) {
      PemFile unread = new PemFile(setting, file, "");
      try {
        // Every byte is a character: a file that is no text is refused for what it lacks.
        return new PemFile(setting, file, Files.readString(file, StandardCharsets.ISO_8859_1));
      } catch (NoSuchFileException missing) {
        throw unread.unusable("does not exist");
      } catch (AccessDeniedException forbidden) {
        throw unread.unusable("may not be read by this user");
      } catch (IOException failure) {
        throw unread.unusable("cannot be read: " + failure.getMessage());
      }
    }

    X509Certificate[] certificates() {
      try {
        X509Certificate[] chain =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                .toArray(X509Certificate[]::new);
        if (chain.length > 0) {
          return chain;
        }
      } catch (CertificateException | ArrayStoreException noCertificate) {
        throw unusable("holds something that is no certificate in PEM form");
      }
      throw unusable("holds no certificate in PEM form");
    }

    PrivateKey key() {
      Matcher key = KEY.matcher(text);
      if (!key.find()) {
        throw unusable(otherForm());
      }
      try {
        return decoded(Base64.getMimeDecoder().decode(key.group(1)));
      } catch (IllegalArgumentException | GeneralSecurityException broken) {
        throw unusable("holds a key that is broken or neither RSA nor EC");
      }
    }

    private String otherForm() {
      if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
        return "holds a key with a password; it must have none";
      }
      return text.matches("(?s).*-----BEGIN (RSA|EC) PRIVATE KEY-----.*")
          ? "holds a key that is not PKCS#8; 'openssl pkcs8 -topk8 -nocrypt' makes it one"
          : "holds no private key in PEM form";
    }

    private static PrivateKey decoded(byte[] encoded) throws GeneralSecurityException {
      PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(encoded);
      try {
        return KeyFactory.getInstance("RSA").generatePrivate(key);
      } catch (InvalidKeySpecException notRsa) {
        return KeyFactory.getInstance("EC").generatePrivate(key);
      }
    }

    CannotStartException unusable(String why) {
      return new CannotStartException(
          Main.UNUSABLE_CONFIGURATION, setting.variable() + ": " + file + " " + why);
    }
  }
}
