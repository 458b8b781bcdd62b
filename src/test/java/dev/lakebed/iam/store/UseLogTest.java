package dev.lakebed.iam.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GetAccessKeyLastUsed and GetServiceLastAccessedDetails will tell of a request. */
class UseLogTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Request REQUEST =
      new Request(
          "0123456789ABCDEF",
          "GET",
          new RawTarget("/", ""),
          QueryParameters.parse(""),
          Headers.NONE,
          new Connection("192.0.2.1", false, 8333),
          AT,
          RequestBody.EMPTY);

  @Test
  void a_long_term_key_and_its_user_used_the_service_of_the_signature() {
    assertThat(UseLog.of(signed("AKIDEXAMPLE", "eu-west-1")))
        .containsExactly(
            new LastUse("AKIDEXAMPLE", "sts", "eu-west-1", AT),
            new LastUse("AIDAEXAMPLE", "sts", "eu-west-1", AT));
  }

  @Test
  void a_temporary_key_is_not_noted_but_its_user_is() {
    assertThat(UseLog.of(signed("ASIAEXAMPLE", "eu-west-1")))
        .containsExactly(new LastUse("AIDAEXAMPLE", "sts", "eu-west-1", AT));
  }

  @Test
  void nobody_used_nothing() {
    assertThat(UseLog.of(Authenticated.anonymous(new Principal.Anonymous(Grants.NONE), REQUEST)))
        .isEmpty();
  }

  /** One of them in the database's way would hold up what is noted of everybody else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "r\u00e9gion",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void a_region_that_the_database_would_refuse_is_not_kept(String region) {
    assertThat(UseLog.of(signed("AKIDEXAMPLE", region)))
        .extracting(LastUse::region)
        .containsOnly("us-east-1");
  }

  private static Authenticated signed(String key, String region) {
    return new Authenticated(
        new Principal.User(
            "000000000000",
            "arn:aws:iam::000000000000:user/u",
            "AIDAEXAMPLE",
            "u",
            Map.of(),
            Grants.NONE),
        REQUEST,
        AuthType.HEADER,
        Optional.of(key),
        Optional.of(AT),
        Optional.of(new SignedScope(region, "sts")));
  }
}
