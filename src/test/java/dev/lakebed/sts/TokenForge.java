package dev.lakebed.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens out of fuzzed data: headers and claims that are JSON, or nearly, with signatures of
 * the provider, of somebody else, and of those who have only the provider's public key.
 */
record TokenForge(FuzzedDataProvider data, RSAKey provider, RSAKey stranger, String good) {
  private static final String[] HEADER = {
    "'alg':'RS256'",
    "'alg':'none'",
    "'alg':'None'",
    "'alg':'HS256'",
    "'alg':'ES256'",
    "'alg':'PS256'",
    "'alg':'EdDSA'",
    "'kid':'k'",
    "'kid':'e'",
    "'kid':'../../dev/null'",
    "'kid':'k\\u0000'",
    "'kid':null",
    "'typ':'JWT'",
    "'jku':'https://evil.example/k'",
    "'x5u':'https://evil.example/k'",
    "'crit':['b64']",
    "'b64':false",
    "'crit':['exp'],'exp':1",
    "'zip':'DEF'",
    "'cty':'JWT'"
  };
  private static final String[] CLAIMS = {
    "'iss':'https://idp.example'",
    "'iss':'https://idp.example/'",
    "'iss':['https://idp.example']",
    "'sub':'mallory'",
    "'sub':'alice'",
    "'sub':['alice']",
    "'sub':7",
    "'aud':'lakebed'",
    "'aud':['x','lakebed']",
    "'aud':'lakebed '",
    "'aud':[]",
    "'azp':'lakebed'",
    "'azp':'x'",
    "'exp':9999999999",
    "'exp':1",
    "'exp':'9999999999'",
    "'exp':1e400",
    "'exp':-1",
    "'iat':1",
    "'iat':9999999999",
    "'nbf':9999999999",
    "'nbf':1",
    "'a':{'b':{'c':[[[1]]]}}",
    "'https://aws.amazon.com/tags':{'principal_tags':{'a':['b']}}"
  };

  /** A token and whether the provider signed just this. */
  record Forged(String token, boolean genuine) {
    String input() {
      return token.substring(0, token.lastIndexOf('.'));
    }
  }

  Forged forge() {
    String input = encode(json(HEADER)) + "." + encode(json(CLAIMS));
    return switch (data.consumeInt(0, 5)) {
      case 0 -> new Forged(input + ".", false);
      case 1 -> new Forged(input + good.substring(good.lastIndexOf('.')), false);
      case 2 -> new Forged(input + "." + rsa(input, stranger), false);
      case 3 -> new Forged(input + "." + hmac(input), false);
      case 4 -> new Forged(input + "." + base64(new byte[data.consumeInt(0, 256)]), false);
      default -> new Forged(input + "." + rsa(input, provider), true);
    };
  }

  private String json(String[] members) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    int count = data.consumeInt(0, 9);
    for (int i = 0; i < count; i++) {
      object.add(data.pickValue(members));
    }
    if (members == HEADER && data.consumeBoolean()) {
      object.add("'jwk':" + stranger.toPublicJWK().toJSONString());
    }
    return object.toString().replace('\'', '"');
  }

  private static String encode(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String rsa(String input, RSAKey with) {
    try {
      PrivateKey key = with.toPrivateKey();
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(input.getBytes(UTF_8));
      return base64(signature.sign());
    } catch (JOSEException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The public key, in the forms in which libraries have taken it for a secret. */
  private String hmac(String input) {
    try {
      byte[] der = provider.toPublicKey().getEncoded();
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
              + "\n-----END PUBLIC KEY-----\n";
      List<byte[]> secrets =
          List.of(
              der,
              pem.getBytes(UTF_8),
              pem.strip().getBytes(UTF_8),
              provider.getModulus().decode(),
              provider.toPublicJWK().toJSONString().getBytes(UTF_8),
              new byte[1]);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(data.pickValue(secrets), "HmacSHA256"));
      return base64(mac.doFinal(input.getBytes(UTF_8)));
    } catch (JOSEException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
