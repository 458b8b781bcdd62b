package dev.lakebed.sts;

import com.nimbusds.jose.jwk.JWKSet;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.iam.model.IdentityView;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What others need to verify the web identity tokens of this server: discovery document and public
 * keys, for everybody. There when {@code sts.issuer} is a URL, which should end in {@link #ROOT}.
 */
public record WebIdentityPages(Supplier<IdentityView> identities, Supplier<JWKSet> keys)
    implements Function<String, Optional<Response>> {
  public static final String ROOT = "/-/oidc";

  @Override
  public Optional<Response> apply(String path) {
    return switch (path) {
      case ROOT + "/.well-known/openid-configuration" -> issuer().map(WebIdentityPages::discovery);
      case ROOT + "/jwks" -> issuer().map(url -> json(keys.get().toPublicJWKSet().toString(true)));
      default -> Optional.empty();
    };
  }

  private Optional<String> issuer() {
    return WebToken.issuer(identities.get().sts());
  }

  private static Response discovery(String issuer) {
    return json(
        Json.createObjectBuilder()
            .add("issuer", issuer)
            .add("jwks_uri", issuer + "/jwks")
            .add("response_types_supported", Json.createArrayBuilder().add("id_token"))
            .add("subject_types_supported", Json.createArrayBuilder().add("public"))
            .add(
                "id_token_signing_alg_values_supported",
                Json.createArrayBuilder().add("RS256").add("ES384"))
            .add(
                "claims_supported",
                Json.createArrayBuilder().add("iss").add("sub").add("aud").add("exp").add("iat"))
            .build()
            .toString());
  }

  private static Response json(String text) {
    return new Response(
        200,
        Headers.builder().add("content-type", "application/json").build(),
        new ResponseBody.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }
}
