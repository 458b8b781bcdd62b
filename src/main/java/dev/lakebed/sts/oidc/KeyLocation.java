package dev.lakebed.sts.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.sts.outbound.Fetcher;
import dev.lakebed.sts.outbound.Fetcher.Destination;
import dev.lakebed.sts.outbound.Fetcher.OutboundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/**
 * Where the keys of one provider are: as configured, else as its discovery document says, else at
 * the usual place.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID</a>
 */
record KeyLocation(Fetcher fetcher, OidcProvider provider, OidcOptions options) {
  private static final int MAX_KEYS = 100;

  JWKSet fetch() throws IOException {
    try {
      String json =
          text(options.jwksUri().isPresent() ? destination(options.jwksUri().get()) : discovered());
      JWKSet keys = JWKSet.parse(json).toPublicJWKSet();
      if (keys.getKeys().size() > MAX_KEYS) {
        throw new IOException("more than " + MAX_KEYS + " keys");
      }
      return keys;
    } catch (ParseException | IllegalArgumentException malformed) {
      throw new IOException("not a document of OpenID Connect", malformed);
    }
  }

  private Destination discovered() throws IOException, ParseException {
    Destination document = destination(URI.create(base() + "/.well-known/openid-configuration"));
    Map<String, Object> found;
    try {
      found = JSONObjectUtils.parse(text(document));
    } catch (OutboundException noDocument) {
      // As SeaweedFS does for providers that have keys and no discovery.
      return destination(URI.create(base() + "/.well-known/jwks.json"));
    }
    if (!provider.url().equals(found.get("issuer"))) {
      throw new IOException("the discovery document names another issuer");
    }
    if (!(found.get("jwks_uri") instanceof String uri)) {
      throw new IOException("the discovery document names no keys");
    }
    URI keys = URI.create(uri);
    boolean sameHost =
        keys.getHost() != null && keys.getHost().equalsIgnoreCase(document.uri().getHost());
    return document.at(keys, options.named() && sameHost);
  }

  private String base() {
    String url = provider.url();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Thumbprints of a file pin certificates. IAM's do not: AWS ignores them where a well-known
   * authority has signed, and no other certificate is taken here.
   */
  private Destination destination(URI uri) {
    return new Destination(
        uri,
        options.http(),
        options.named(),
        options.anyCertificate(),
        options.caCertificate(),
        options.named() ? provider.thumbprints() : List.of());
  }

  private String text(Destination destination) throws IOException {
    return new String(fetcher.get(destination), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return provider.arn();
  }
}
