package dev.lakebed.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import dev.lakebed.ops.Settings;
import dev.lakebed.support.PrivateAuthority;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificate and key of the TLS port: what cannot be used is named with its setting. */
class KeyStoreFileTest {
  @TempDir private static Path made;
  private static PrivateAuthority authority;

  @TempDir private Path directory;

  @BeforeAll
  static void make() throws Exception {
    authority = PrivateAuthority.create(made);
  }

  private Path write(Path certificate, Path key) throws Exception {
    return KeyStoreFile.write(new Settings.Tls(certificate, key), directory);
  }

  private void assertRefused(Path certificate, Path key, String sentence) {
    assertThatThrownBy(() -> write(certificate, key))
        .isInstanceOfSatisfying(
            CannotStartException.class,
            refused -> assertThat(refused.exitCode()).isEqualTo(Main.UNUSABLE_CONFIGURATION))
        .hasMessage(sentence);
  }

  @Test
  void certificate_and_key_become_one_entry() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(write(authority.certificate(), authority.key()))) {
      store.load(in, "changeit".toCharArray());
    }
    assertThat(store.isKeyEntry(KeyStoreFile.ALIAS)).isTrue();
  }

  @Test
  void file_that_is_missing_is_named_with_its_setting() {
    Path none = directory.resolve("none.pem");
    assertRefused(none, authority.key(), "LAKEBED_TLS_CERT: " + none + " does not exist");
    assertRefused(authority.certificate(), none, "LAKEBED_TLS_KEY: " + none + " does not exist");
  }

  @Test
  void directory_is_no_file() {
    assertRefused(
        authority.certificate(),
        directory,
        "LAKEBED_TLS_KEY: " + directory + " cannot be read: Is a directory");
  }

  @Test
  void files_that_are_mixed_up_are_refused() {
    assertRefused(
        authority.key(),
        authority.certificate(),
        "LAKEBED_TLS_CERT: "
            + authority.key()
            + " holds something that is no certificate in PEM form");
    assertRefused(
        authority.certificate(),
        authority.certificate(),
        "LAKEBED_TLS_KEY: " + authority.certificate() + " holds no private key in PEM form");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PRIVATE KEY|holds a key that is broken or neither RSA nor EC",
        "RSA PRIVATE KEY|holds a key that is not PKCS#8; 'openssl pkcs8 -topk8 -nocrypt' makes it"
            + " one",
        "EC PRIVATE KEY|holds a key that is not PKCS#8; 'openssl pkcs8 -topk8 -nocrypt' makes it"
            + " one",
        "ENCRYPTED PRIVATE KEY|holds a key with a password; it must have none",
        "PUBLIC KEY|holds no private key in PEM form"
      })
  void key_of_another_form_is_refused_with_what_helps(String type, String sentence)
      throws Exception {
    Path key = pem(type, new byte[] {1, 2, 3});
    assertRefused(authority.certificate(), key, "LAKEBED_TLS_KEY: " + key + " " + sentence);
  }

  @ParameterizedTest
  @CsvSource({"RSA,2048", "EC,256"})
  void key_of_another_certificate_is_refused(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    Path key = pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    assertRefused(
        authority.certificate(),
        key,
        "LAKEBED_TLS_KEY: "
            + key
            + " is not the key of the first certificate in "
            + authority.certificate());
  }

  @ParameterizedTest
  @CsvSource({"''", "hello"})
  void text_is_no_certificate(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("text.pem"), text);
    assertThatThrownBy(() -> write(file, authority.key()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith("LAKEBED_TLS_CERT: " + file + " holds ")
        .hasMessageEndingWith("no certificate in PEM form");
  }

  private Path pem(String type, byte[] encoded) throws Exception {
    return Files.writeString(
        directory.resolve("key.pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(encoded), type));
  }
}
