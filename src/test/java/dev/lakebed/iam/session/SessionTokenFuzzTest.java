package dev.lakebed.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.session.SessionGrant.FederatedGrant;
import dev.lakebed.iam.session.SessionGrant.OwnerGrant;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** No text opens but one that was sealed here; what was sealed comes back unchanged. */
class SessionTokenFuzzTest {
  private static final SessionTokens TOKENS =
      new SessionTokens(() -> new KeyRing(SessionKey.of(new byte[32]), List.of()));

  @FuzzTest(maxDuration = "60s")
  void any_other_text_is_refused(FuzzedDataProvider data) {
    String token = data.consumeRemainingAsString();
    assertThatThrownBy(() -> TOKENS.open("ASIAAAAAAAAAAAAAAAAA", token))
        .isInstanceOf(AuthenticationException.class);
  }

  @FuzzTest(maxDuration = "60s")
  void every_session_comes_back(FuzzedDataProvider data) {
    String arn = data.consumeString(100);
    String id = data.consumeString(30);
    SessionFacts facts =
        new SessionFacts(
            data.consumeString(64),
            Instant.ofEpochSecond(data.consumeLong(0, 1L << 40)),
            Instant.ofEpochSecond(data.consumeLong(0, 1L << 40)),
            Map.of(data.consumeString(100), data.consumeString(100)),
            Set.of(data.consumeString(100)),
            Optional.of(data.consumeString(64)).filter(text -> !text.isEmpty()),
            List.of(data.consumeString(30), data.consumeString(100)),
            Map.of(data.consumeString(100), data.consumeString(100)));
    SessionPolicies policies =
        new SessionPolicies(List.of(data.consumeString(1000)), List.of(data.consumeString(100)));
    Optional<SessionPolicies> narrowing =
        data.consumeBoolean() ? Optional.of(policies) : Optional.empty();
    SessionGrant grant =
        switch (data.consumeInt(0, 2)) {
          case 0 -> new RoleGrant(arn, id, facts, narrowing);
          case 1 -> new OwnerGrant(arn, id, facts, narrowing);
          default -> new FederatedGrant(arn, id, facts, policies);
        };
    SessionTokens.Issued issued = TOKENS.issue(grant);
    SessionTokens.Opened opened = TOKENS.open(issued.accessKeyId(), issued.token());
    assertThat(opened.grant()).isEqualTo(grant);
    assertThat(opened.secret()).isEqualTo(issued.secret());
  }
}
