package dev.lakebed.iam;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of the web identity tokens that this server issues, in {@code
 * web-identity.jwks}, made when first needed and read again when they change. The first key of each
 * kind signs and all of them are published, so a key is rotated by putting a new one before it.
 */
public final class TokenSigningKeys {
  private static final String FILE = "web-identity.jwks";
  private static final int RSA_BITS = 2048;

  private final Path keys;
  private @Nullable KeyFile<JWKSet> file;

  public TokenSigningKeys(Path keys) {
    this.keys = keys;
  }

  /** The keys, private parts included; UncheckedIOException when the file cannot be used. */
  public synchronized JWKSet all() {
    if (file == null) {
      try {
        file = new KeyFile<>(keys, FILE, TokenSigningKeys::generate, TokenSigningKeys::parse);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return file.keys();
  }

  /** Reads the keys again if they changed; makes none. */
  public synchronized void look() {
    if (file != null) {
      file.keys();
    }
  }

  private static JWKSet parse(String text) throws IOException {
    try {
      return JWKSet.parse(text);
    } catch (ParseException malformed) {
      throw new IOException("must hold a JWK set", malformed);
    }
  }

  private static String generate() {
    try {
      JWK rsa = signing(new RSAKeyGenerator(RSA_BITS), JWSAlgorithm.RS256);
      JWK ec = signing(new ECKeyGenerator(Curve.P_384), JWSAlgorithm.ES384);
      return new JWKSet(List.of(rsa, ec)).toString(false);
    } catch (JOSEException everyPlatformCan) {
      throw new IllegalStateException(everyPlatformCan);
    }
  }

  private static JWK signing(JWKGenerator<?> kind, JWSAlgorithm algorithm) throws JOSEException {
    kind.keyUse(KeyUse.SIGNATURE).algorithm(algorithm).keyIDFromThumbprint(true);
    return kind.generate();
  }
}
