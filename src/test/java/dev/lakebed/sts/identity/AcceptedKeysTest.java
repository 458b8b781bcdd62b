package dev.lakebed.sts.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that costs much to verify with is not used: docs/security.md. */
class AcceptedKeysTest {
  @ParameterizedTest
  @CsvSource({
    "1024, 65537, false",
    "2047, 65537, false",
    "2048, 65537, true",
    "4096, 3, true",
    "4096, 4294967295, true",
    "4096, 4294967297, false",
    "2048, 4294967297, false",
    "4097, 65537, false",
    "16384, 3, false"
  })
  void rsa_keys_have_bounds(int bits, String exponent, boolean accepted)
      throws GeneralSecurityException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, new BigInteger(exponent));
    assertThat(ExternalIdentity.accepts(KeyFactory.getInstance("RSA").generatePublic(spec)))
        .isEqualTo(accepted);
  }

  @Test
  void keys_on_curves_are_taken() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    assertThat(ExternalIdentity.accepts(generator.generateKeyPair().getPublic())).isTrue();
  }
}
