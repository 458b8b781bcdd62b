package dev.lakebed.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.iam.session.SessionGrant.SessionSource;
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
    SessionGrant grant =
        new SessionGrant(
            data.pickValue(SessionSource.values()),
            data.consumeString(100),
            data.consumeString(30),
            data.consumeString(30),
            data.consumeString(64),
            Instant.ofEpochSecond(data.consumeLong(0, 1L << 40)),
            Instant.ofEpochSecond(data.consumeLong(0, 1L << 40)),
            data.consumeBoolean(),
            List.of(data.consumeString(1000)),
            List.of(data.consumeString(100)),
            Map.of(data.consumeString(100), data.consumeString(100)),
            Set.of(data.consumeString(100)),
            Optional.of(data.consumeString(64)).filter(text -> !text.isEmpty()),
            List.of(data.consumeString(100)));
    SessionTokens.Issued issued = TOKENS.issue(grant);
    SessionTokens.Opened opened = TOKENS.open(issued.accessKeyId(), issued.token());
    assertThat(opened.grant()).isEqualTo(grant);
    assertThat(opened.secret()).isEqualTo(issued.secret());
  }
}
