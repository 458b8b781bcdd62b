package dev.lakebed.sts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.Decimal;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.sts.RoleTrust.Denied;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * GetWebIdentityToken: this server vouches for the caller towards others.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">AWS</a>
 */
record WebToken(Sessions sessions, Supplier<JWKSet> keys) {
  private static final String AWS_CLAIMS = "https://sts.amazonaws.com/";
  private static final int MAX_LENGTH = 8192;

  /** A token and its end. */
  record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + "]";
    }
  }

  Issued issue(WebTokenRequest request, Caller caller) {
    Principal who = caller.principal();
    require(caller, request, "sts:GetWebIdentityToken");
    if (!request.tags().values().isEmpty()) {
      require(caller, request, "sts:TagGetWebIdentityToken");
    }
    String issuer =
        issuer(sessions.identities().sts())
            .orElseThrow(
                () ->
                    QueryError.OUTBOUND_FEDERATION_DISABLED.because(
                        "This server issues no web identity tokens: sts.issuer is not a URL"));
    Instant end = sessions.now().plus(request.length());
    if (who instanceof Principal.Session session && session.facts().expiresAt().isBefore(end)) {
      throw QueryError.SESSION_DURATION_ESCALATION.because(
          "The token would outlive the session that asks for it");
    }
    String token = sign(claims(request, who, issuer, end), request.algorithm());
    if (token.length() > MAX_LENGTH) {
      throw QueryError.JWT_PAYLOAD_SIZE_EXCEEDED.because(
          "The token would be longer than " + MAX_LENGTH + " characters");
    }
    return new Issued(token, end);
  }

  private static void require(Caller caller, WebTokenRequest request, String action) {

    String account = caller.principal().account();
    Resource any = Resource.of("arn:aws:sts::" + account + ":*", account);
    Decision decision = caller.decide(new Permission(action, any, request.keys()));
    if (!decision.allowed()) {
      throw Denied.because(caller, action, "*", decision);
    }
  }

  private JWTClaimsSet claims(WebTokenRequest request, Principal who, String issuer, Instant end) {
    Map<String, Object> about = new HashMap<>();
    about.put("aws_account", who.account());
    about.put("principal_id", subject(who));
    if (!request.tags().values().isEmpty()) {
      about.put("request_tags", request.tags().values());
    }
    if (!who.tags().isEmpty()) {
      about.put("principal_tags", who.tags());
    }
    if (who instanceof Principal.Session session && session.facts().sourceIdentity().isPresent()) {
      about.put("source_identity", session.facts().sourceIdentity().get());
    }
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(subject(who))
        .audience(request.audiences())
        .issueTime(Date.from(sessions.now()))
        .expirationTime(Date.from(end))
        .jwtID(UUID.randomUUID().toString())
        .claim(AWS_CLAIMS, about)
        .build();
  }

  /** The role or user, not the single session of it. */
  private static String subject(Principal who) {
    return who instanceof Principal.Session session ? session.issuer() : who.arn();
  }

  private String sign(JWTClaimsSet claims, JWSAlgorithm algorithm) {
    JWK key =
        keys.get().getKeys().stream()
            .filter(candidate -> algorithm.equals(candidate.getAlgorithm()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no key for " + algorithm));
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(algorithm)
                  .keyID(key.getKeyID())
                  .type(JOSEObjectType.JWT)
                  .build(),
              claims);
      token.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
      return token.serialize();
    } catch (JOSEException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** The parameters; the tags are claims of the caller's own. */
  record WebTokenRequest(
      List<String> audiences, JWSAlgorithm algorithm, Duration length, SessionTags tags) {
    private static final int MAX_AUDIENCES = 10;
    private static final int SHORTEST = 60;
    private static final int LONGEST = 3600;
    private static final int USUAL = 300;

    static WebTokenRequest read(QueryRequest query) {
      query.allowOnly(Set.of("Audience", "SigningAlgorithm", "DurationSeconds", "Tags"));
      List<String> audiences =
          query.members("Audience").stream().map(StsParameter.AUDIENCE::parse).toList();
      if (audiences.isEmpty() || audiences.size() > MAX_AUDIENCES) {
        throw Parameter.violated("audience", "Member must have from 1 to 10 values");
      }
      JWSAlgorithm algorithm =
          switch (query.text("SigningAlgorithm").orElse("")) {
            case "RS256" -> JWSAlgorithm.RS256;
            case "ES384" -> JWSAlgorithm.ES384;
            default ->
                throw Parameter.violated(
                    "signingAlgorithm", "Member must satisfy enum value set: [RS256, ES384]");
          };
      return new WebTokenRequest(audiences, algorithm, length(query), SessionTags.read(query));
    }

    Keys keys() {
      return key ->
          switch (key) {
            case "sts:identitytokenaudience" -> audiences;
            case "sts:signingalgorithm" -> List.of(algorithm.getName());
            case "sts:durationseconds" -> List.of(String.valueOf(length.toSeconds()));
            default -> RequestTags.of(tags.values()).values(key);
          };
    }

    private static Duration length(QueryRequest query) {
      String text = query.text("DurationSeconds").orElse(String.valueOf(USUAL));
      return Duration.ofSeconds(
          Decimal.parse(text, SHORTEST, LONGEST)
              .orElseThrow(
                  () ->
                      Parameter.violated(
                          "durationSeconds",
                          "Member must be a whole number from %d to %d"
                              .formatted(SHORTEST, LONGEST))));
    }
  }

  /** The issuer of this server's own web identity tokens: {@code sts.issuer}, when it is a URL. */
  static Optional<String> issuer(StsSettings settings) {
    return settings
        .issuer()
        .filter(issuer -> issuer.startsWith("https://") || issuer.startsWith("http://"));
  }
}
