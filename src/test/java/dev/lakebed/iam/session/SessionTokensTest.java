package dev.lakebed.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Sealed tokens, secrets that cannot be derived, several keys at once. */
class SessionTokensTest {
  private static final SessionKey OLD = SessionKey.of(new byte[32]);
  private static final SessionKey NEW = SessionKey.of(HexFormat.of().parseHex("ab".repeat(32)));

  private final AtomicReference<KeyRing> ring = new AtomicReference<>(new KeyRing(OLD, List.of()));
  private final SessionTokens tokens = new SessionTokens(ring::get);

  static SessionGrant grant(String policy) {
    return new RoleGrant(
        "arn:aws:iam::000000000000:role/LakekeeperVendedRole",
        "AROAAAAAAAAAAAAAAAAAA",
        SessionFacts.of(
            "lakekeeper-sts",
            Instant.ofEpochSecond(1_800_000_000),
            Instant.ofEpochSecond(1_800_003_600),
            List.of("admin")),
        Optional.of(new SessionPolicies(List.of(policy), List.of())));
  }

  @Test
  void retired_key_opens_old_tokens_and_the_active_one_seals_new_ones() {
    SessionTokens.Issued old = tokens.issue(grant("p"));
    ring.set(new KeyRing(NEW, List.of(OLD)));
    assertThat(tokens.open(old.accessKeyId(), old.token()).secret()).isEqualTo(old.secret());
    SessionTokens.Issued fresh = tokens.issue(grant("p"));
    ring.set(new KeyRing(NEW, List.of()));
    assertThat(tokens.open(fresh.accessKeyId(), fresh.token()).grant()).isEqualTo(grant("p"));
    assertThatThrownBy(() -> tokens.open(old.accessKeyId(), old.token()))
        .isInstanceOf(AuthenticationException.class);
  }

  /** Issued by the version before sessions could begin at an identity provider. */
  @Test
  void tokens_of_the_version_before_are_still_good() {
    String token =
        "AeJUpn5m41x2DVUBAeK8uV5DlPD6KXqUV1-X6ASkjk4Nx0dMAtP3-fXG1RmkXyulknWnX1"
            + "kYKeKoT43BcLYK08qPsWiAKnHnCUaCLhDBDfDT4iTYABEMIRZ19V5ebjriojw0GI35dYB7"
            + "v6S5To8OYjT_-SX4N0QvzUjYR2_ZvVGtb0RS3uvN5GlV2j3DXymGJFXQ59EDJwOpfUDmP2"
            + "DgnLj_BAxKK0M";
    assertThat(tokens.open("ASIAM3RVY5QNKUAQDYV4", token).grant()).isEqualTo(grant("p"));
  }

  @Test
  void what_an_identity_provider_said_comes_back() {
    SessionFacts facts =
        new SessionFacts(
            "s",
            Instant.ofEpochSecond(1_800_000_000),
            Instant.ofEpochSecond(1_800_003_600),
            Map.of(),
            Set.of(),
            Optional.empty(),
            List.of("arn:aws:iam::000000000000:oidc-provider/idp.example#alice"),
            Map.of("idp.example:sub", "alice"));
    SessionGrant grant =
        new RoleGrant("arn:aws:iam::000000000000:role/R", "AROA", facts, Optional.empty());
    SessionTokens.Issued issued = tokens.issue(grant);
    assertThat(tokens.open(issued.accessKeyId(), issued.token()).grant()).isEqualTo(grant);
  }

  @Test
  void two_sessions_share_nothing() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      SessionTokens.Issued issued = tokens.issue(grant("p"));
      assertThat(seen.add(issued.accessKeyId())).isTrue();
      assertThat(seen.add(issued.secret())).isTrue();
      assertThat(seen.add(issued.token())).isTrue();
    }
  }

  @Test
  void plain_parts_of_the_session_and_the_secret_are_not_in_the_token() {
    SessionTokens.Issued issued = tokens.issue(grant("arn:aws:s3:::secret-bucket"));
    String bytes =
        new String(Base64.getUrlDecoder().decode(issued.token()), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("secret-bucket", "lakekeeper", issued.secret());
    assertThat(issued.toString()).isEqualTo("Issued[" + issued.accessKeyId() + "]");
  }

  @Test
  void token_of_lakekeepers_policy_is_short() {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[\
        {"Sid":"TableAccess","Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion",\
        "s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],\
        "Resource":"arn:aws:s3:::warehouse/0199a2b4-7f61-7c02-9f5e-000000000001/t/*"},\
        {"Sid":"ListBucketForFolder","Effect":"Allow","Action":"s3:ListBucket",\
        "Resource":"arn:aws:s3:::warehouse","Condition":{"StringLike":{"s3:prefix":\
        "0199a2b4-7f61-7c02-9f5e-000000000001/t/*"}}},\
        {"Sid":"GetBucketLocation","Effect":"Allow","Action":"s3:GetBucketLocation",\
        "Resource":"arn:aws:s3:::warehouse"}]}\
        """;
    assertThat(tokens.issue(grant(policy)).token().length()).isLessThan(500);
  }

  @Test
  void key_material_of_less_than_16_bytes_is_refused() {
    assertThatThrownBy(() -> SessionKey.of(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
