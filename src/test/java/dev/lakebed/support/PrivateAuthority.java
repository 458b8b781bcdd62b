package dev.lakebed.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of its own and a server certificate that it signed, as PEM files.
 *
 * @param authority certificate that clients trust
 * @param certificate server certificate for localhost, its sub-domains and 127.0.0.1
 * @param key PKCS#8 key of the server certificate
 * @param store PKCS#12 file with both, the server's as {@link #SERVER}
 */
public record PrivateAuthority(Path authority, Path certificate, Path key, Path store) {
  /** Name of the server's entry in the store. */
  public static final String SERVER = "server";

  private static final String PASSWORD = "changeit";

  /** Makes both with the JDK's {@code keytool}. */
  public static PrivateAuthority create(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("authority.p12");
    pair(store, "authority", "-dname", "CN=Lakebed test", "-ext", "bc:c", "-ext", "ku=keyCertSign");
    pair(
        store,
        SERVER,
        "-dname",
        "CN=localhost",
        "-signer",
        "authority",
        "-ext",
        "san=dns:localhost,dns:*.localhost,ip:127.0.0.1");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new PrivateAuthority(
        pem(directory, "authority", "CERTIFICATE", keys.getCertificate("authority").getEncoded()),
        pem(directory, "server", "CERTIFICATE", keys.getCertificate(SERVER).getEncoded()),
        pem(
            directory,
            "key",
            "PRIVATE KEY",
            keys.getKey(SERVER, PASSWORD.toCharArray()).getEncoded()),
        store);
  }

  private static void pair(Path store, String alias, String... options)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Path pem(Path directory, String name, String type, byte[] encoded)
      throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    String frame = "-----%s " + type + "-----%n";
    return Files.writeString(
        directory.resolve(name + ".pem"),
        frame.formatted("BEGIN") + body + "\n" + frame.formatted("END"));
  }
}
