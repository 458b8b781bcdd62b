package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.auth.payload.HmacSha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKey;

/** Signing keys of the secrets in use; they change once a day. */
final class SigningKeys {
  private static final int MOST = 10_000;

  private record SecretAndScope(String secret, CredentialScope scope) {
    @Override
    public String toString() {
      return "SecretAndScope[" + scope + "]";
    }
  }

  private final Cache<SecretAndScope, SigningKey> keys =
      Caffeine.newBuilder().maximumSize(MOST).build();

  SigningKey get(String secret, CredentialScope scope) {
    return keys.get(
        new SecretAndScope(secret, scope), o -> SigningKey.derive(o.secret(), o.scope()));
  }

  /** The key derived from a secret for one scope. */
  static final class SigningKey {
    private final SecretKey key;

    private SigningKey(byte[] key) {
      this.key = HmacSha256.key(key);
    }

    static SigningKey derive(String secret, CredentialScope scope) {
      return new SigningKey(("AWS4" + secret).getBytes(UTF_8))
          .next(scope.date())
          .next(scope.region())
          .next(scope.service())
          .next(CredentialScope.TERMINATOR);
    }

    private SigningKey next(String text) {
      return new SigningKey(hmac(text));
    }

    /** The signature of a text, in lower-case hexadecimal digits. */
    String sign(String text) {
      return HexFormat.of().formatHex(hmac(text));
    }

    /** Whether that is the signature of the text; takes the same time wherever they differ. */
    boolean verify(String text, String signature) {
      return MessageDigest.isEqual(sign(text).getBytes(US_ASCII), signature.getBytes(ISO_8859_1));
    }

    private byte[] hmac(String text) {
      return HmacSha256.of(key, text.getBytes(UTF_8));
    }
  }
}
