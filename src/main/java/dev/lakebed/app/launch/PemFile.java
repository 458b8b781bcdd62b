package dev.lakebed.app.launch;

import dev.lakebed.ops.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file that a setting names. What cannot be used is refused in a sentence with both.
 *
 * @param text what the file holds
 */
record PemFile(Setting setting, Path file, String text) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC");

  static PemFile read(Setting setting, Path file) {
    try {
      // Every byte is a character: a file that is no text is refused for what it lacks.
      return new PemFile(setting, file, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException missing) {
      throw unusable(setting, file, "does not exist");
    } catch (AccessDeniedException forbidden) {
      throw unusable(setting, file, "may not be read by this user");
    } catch (IOException failure) {
      throw unusable(setting, file, "cannot be read: " + failure.getMessage());
    }
  }

  /** The chain in the file. */
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

  /** The private key in the file. */
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
    GeneralSecurityException last = new GeneralSecurityException();
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (GeneralSecurityException other) {
        last = other;
      }
    }
    throw last;
  }

  /** A refusal of this file. */
  CannotStartException unusable(String why) {
    return unusable(setting, file, why);
  }

  private static CannotStartException unusable(Setting setting, Path file, String why) {
    return new CannotStartException(
        Main.UNUSABLE_CONFIGURATION, setting.variable() + ": " + file + " " + why);
  }
}
