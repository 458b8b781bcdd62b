package dev.lakebed.sts;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lakebed.http.Decimal;
import dev.lakebed.operation.query.QueryRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The parameters of GetWebIdentityToken.
 *
 * @param audiences for whom the token is
 * @param algorithm RS256 or ES384
 * @param length how long it is good
 * @param tags claims of the caller's own
 */
record WebTokenRequest(
    List<String> audiences, JWSAlgorithm algorithm, Duration length, SessionTags tags) {
  private static final int MAX_AUDIENCES = 10;
  private static final int SHORTEST = 60;
  private static final int LONGEST = 3600;
  private static final int USUAL = 300;

  static WebTokenRequest read(QueryRequest query) {
    query.allowOnly(Set.of("Audience", "SigningAlgorithm", "DurationSeconds", "Tags"));
    List<String> audiences =
        query.members("Audience").stream().map(Constraint.AUDIENCE::check).toList();
    if (audiences.isEmpty() || audiences.size() > MAX_AUDIENCES) {
      throw Constraint.violated("audience", "Member must have from 1 to 10 values");
    }
    JWSAlgorithm algorithm =
        switch (query.text("SigningAlgorithm").orElse("")) {
          case "RS256" -> JWSAlgorithm.RS256;
          case "ES384" -> JWSAlgorithm.ES384;
          default ->
              throw Constraint.violated(
                  "signingAlgorithm", "Member must satisfy enum value set: [RS256, ES384]");
        };
    return new WebTokenRequest(audiences, algorithm, length(query), SessionTags.read(query));
  }

  private static Duration length(QueryRequest query) {
    String text = query.text("DurationSeconds").orElse(String.valueOf(USUAL));
    return Duration.ofSeconds(
        Decimal.parse(text, SHORTEST, LONGEST)
            .orElseThrow(
                () ->
                    Constraint.violated(
                        "durationSeconds",
                        "Member must be a whole number from %d to %d"
                            .formatted(SHORTEST, LONGEST))));
  }
}
