package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Principal, NotPrincipal, root and anonymous callers; from AWS's evaluation logic pages. */
final class ResourcePolicyTest {
  private static final String KEY = "arn:aws:s3:::b/k";
  private static final String BUCKET = "arn:aws:s3:::b";

  private static String get(String principal) {
    return Asking.granting("Allow", principal, "s3:GetObject", KEY);
  }

  @ParameterizedTest
  @EnumSource(Subject.Kind.class)
  void both_spellings_of_everyone_mean_everyone(Subject.Kind kind) {
    assertThat(Asking.as(kind).resourcePolicy(get("'*'")).may("s3:GetObject", KEY)).isTrue();
    assertThat(Asking.as(kind).resourcePolicy(get("{'AWS':['*']}")).may("s3:GetObject", KEY))
        .isTrue();
  }

  @Test
  void an_anonymous_caller_gets_only_what_everyone_gets() {
    Asking anonymous = Asking.as(Subject.Kind.ANONYMOUS);
    assertThat(anonymous.resourcePolicy(get("{'AWS':'000000000000'}")).may("s3:GetObject", KEY))
        .isFalse();
    assertThat(anonymous.decide("s3:GetObject", KEY).reason())
        .isEqualTo("because no resource-based policy allows the s3:GetObject action");
  }

  @Test
  void a_service_is_named_by_its_name_alone() {
    Asking service = Asking.as(Subject.Kind.SERVICE);
    assertThat(
            service
                .resourcePolicy(get("{'Service':'logging.s3.amazonaws.com'}"))
                .may("s3:GetObject", KEY))
        .isTrue();
    assertThat(
            service.resourcePolicy(get("{'Service':'x.amazonaws.com'}")).may("s3:GetObject", KEY))
        .isFalse();
    assertThat(service.resourcePolicy(get("{'AWS':'000000000000'}")).may("s3:GetObject", KEY))
        .isFalse();
  }

  @Test
  void a_federated_user_is_named_by_its_arn() {
    Asking bob = Asking.as(Subject.Kind.FEDERATED);
    String arn = "{'AWS':'arn:aws:sts::000000000000:federated-user/bob'}";
    assertThat(bob.resourcePolicy(get(arn)).may("s3:GetObject", KEY)).isTrue();
    assertThat(bob.resourcePolicy(get(arn.replace("bob", "eve"))).may("s3:GetObject", KEY))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000000000", "arn:aws:iam::000000000000:root"})
  void an_account_leaves_the_decision_to_its_own_policies(String account) {
    String policy = get("{'AWS':'" + account + "'}");
    assertThat(Asking.user().resourcePolicy(policy).may("s3:GetObject", KEY)).isFalse();
    assertThat(
            Asking.user()
                .resourcePolicy(policy)
                .identity(Asking.FULL_ACCESS)
                .may("s3:GetObject", KEY))
        .isTrue();
    assertThat(Asking.as(Subject.Kind.ROOT).resourcePolicy(policy).may("s3:GetObject", KEY))
        .isTrue();
  }

  @Test
  void another_account_needs_both_sides() {
    Asking foreign = Asking.user().ownedBy(Asking.OTHER_ACCOUNT);
    String account = get("{'AWS':'000000000000'}");
    assertThat(foreign.resourcePolicy(account).may("s3:GetObject", KEY)).isFalse();
    assertThat(foreign.identity(Asking.FULL_ACCESS).decide("s3:GetObject", KEY).reason())
        .isEqualTo("because no resource-based policy allows the s3:GetObject action");
    assertThat(
            foreign.identity(Asking.FULL_ACCESS).resourcePolicy(account).may("s3:GetObject", KEY))
        .isTrue();
    assertThat(Asking.as(Subject.Kind.ROOT).ownedBy(Asking.OTHER_ACCOUNT).may("s3:GetObject", KEY))
        .isFalse();
  }

  @Test
  void a_deny_to_the_account_reaches_all_of_it() {
    String deny = Asking.granting("Deny", "{'AWS':'000000000000'}", "s3:*", "*");
    assertThat(
            Asking.user()
                .identity(Asking.FULL_ACCESS)
                .resourcePolicy(deny)
                .may("s3:GetObject", KEY))
        .isFalse();
    assertThat(
            Asking.session()
                .identity(Asking.FULL_ACCESS)
                .resourcePolicy(deny)
                .may("s3:GetObject", KEY))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetBucketPolicy,true", "s3:PutBucketPolicy,true", "s3:DeleteBucketPolicy,true",
    "s3:ListBucket,false", "s3:DeleteBucket,false", "s3:PutBucketAcl,false"
  })
  @Evidence("rule-82")
  void a_bucket_deny_binds_root_except_for_the_policy_itself(String action, boolean allowed) {
    String deny = Asking.granting("Deny", "'*'", "s3:*", "*");
    Asking root = Asking.as(Subject.Kind.ROOT).resourcePolicy(deny);
    assertThat(root.may(action, BUCKET)).isEqualTo(allowed);
    assertThat(root.ownedBy(Asking.OTHER_ACCOUNT).may(action, BUCKET)).isFalse();
    assertThat(root.sessionPolicy(Asking.FULL_ACCESS).may(action, BUCKET)).isFalse();
    assertThat(Asking.user().identity(Asking.FULL_ACCESS).resourcePolicy(deny).may(action, BUCKET))
        .isFalse();
  }

  @Test
  void root_is_allowed_what_nothing_denies() {
    assertThat(Asking.as(Subject.Kind.ROOT).may("iam:CreateUser", Asking.ALICE)).isTrue();
    assertThat(Asking.user().root().may("iam:CreateUser", Asking.ALICE)).isTrue();
    assertThat(
            Asking.user()
                .root()
                .identity(Asking.statement("Deny", "iam:*", "*"))
                .may("iam:CreateUser", Asking.ALICE))
        .isFalse();
  }

  @Test
  void not_principal_spares_a_user_and_a_whole_role_session_only() {
    Asking user = Asking.user().identity(Asking.FULL_ACCESS);
    Asking session = Asking.session().identity(Asking.FULL_ACCESS);
    String deny =
        Asking.policy("{'Effect':'Deny','NotPrincipal':{'AWS':%s},'Action':'s3:*','Resource':'*'}");
    String spareAlice = deny.formatted("[\"" + Asking.ALICE + "\"]");
    String spareRole = deny.formatted("[\"" + Asking.ROLE + "\"]");
    String spareSession = deny.formatted("[\"" + Asking.ROLE + "\",\"" + Asking.SESSION + "\"]");
    String spareAccount = deny.formatted("\"000000000000\"");
    assertThat(user.resourcePolicy(spareAlice).may("s3:GetObject", KEY)).isTrue();
    assertThat(session.resourcePolicy(spareAlice).may("s3:GetObject", KEY)).isFalse();
    assertThat(session.resourcePolicy(spareRole).may("s3:GetObject", KEY)).isFalse();
    assertThat(session.resourcePolicy(spareSession).may("s3:GetObject", KEY)).isTrue();
    assertThat(user.resourcePolicy(spareAccount).may("s3:GetObject", KEY)).isFalse();
  }

  @Test
  void a_role_session_has_a_role_and_others_have_none() {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Subject(Subject.Kind.ROLE_SESSION, "000000000000", "a", Optional.empty(), ""));
  }
}
