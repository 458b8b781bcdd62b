package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Who may assume a role; expectations from AWS's page on trust policies and the seed's document.
 */
final class TrustTest {
  /** The trust policy of the seed's page. */
  private static final String SEED =
      Asking.json(
          "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*',"
              + "'Action':'sts:AssumeRole'}]}");

  private static String trust(String principal, String rest) {
    return Asking.policy(
        "{'Effect':'Allow','Principal':" + principal + ",'Action':'sts:AssumeRole'" + rest + "}");
  }

  @Test
  void the_seeds_trust_policy_lets_in_every_caller_of_the_account_without_own_policies() {
    assertThat(Asking.user().assume(SEED).allowed()).isTrue();
    assertThat(Asking.as(Subject.Kind.ROOT).assume(SEED).allowed()).isTrue();
    assertThat(Asking.session().assume(SEED).allowed()).isTrue();
    assertThat(Asking.as(Subject.Kind.ANONYMOUS).assume(SEED).allowed()).isFalse();
  }

  @Test
  @Evidence("attack-22")
  void who_is_not_named_is_refused_whatever_his_own_policies_say() {
    Decision decision =
        Asking.user()
            .identity(Asking.FULL_ACCESS)
            .assume(trust("{'AWS':'arn:aws:iam::000000000000:user/bob'}", ""));
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason())
        .isEqualTo("because no role trust policy allows the sts:AssumeRole action");
    assertThat(Asking.as(Subject.Kind.ROOT).assume(trust("{'AWS':'111122223333'}", "")).allowed())
        .isFalse();
  }

  @Test
  void an_explicit_deny_of_the_caller_wins() {
    String deny = Asking.statement("Deny", "sts:AssumeRole", "*");
    assertThat(Asking.user().identity(deny).assume(SEED).reason())
        .isEqualTo("with an explicit deny in an identity-based policy");
    assertThat(Asking.session().sessionPolicy(Asking.FULL_ACCESS, deny).assume(SEED).reason())
        .isEqualTo("with an explicit deny in a session policy");
    String trustDeny =
        Asking.policy(
            "{'Effect':'Allow','Principal':'*','Action':'sts:*'},{'Effect':'Deny','Principal':"
                + "{'AWS':'"
                + Asking.ALICE
                + "'},'Action':'sts:AssumeRole'}");
    assertThat(Asking.user().assume(trustDeny).reason())
        .isEqualTo("with an explicit deny in the role trust policy");
  }

  @Test
  void the_account_alone_needs_the_callers_own_policy() {
    String account = trust("{'AWS':'arn:aws:iam::000000000000:root'}", "");
    assertThat(Asking.user().assume(account).reason())
        .isEqualTo("because no identity-based policy allows the sts:AssumeRole action");
    assertThat(
            Asking.user()
                .identity(Asking.statement("Allow", "sts:AssumeRole", Asking.ROLE))
                .assume(account)
                .allowed())
        .isTrue();
    assertThat(Asking.as(Subject.Kind.ROOT).assume(account).allowed()).isTrue();
  }

  @Test
  @Evidence("attack-22")
  void a_caller_of_another_account_needs_both_sides() {
    Asking foreign = Asking.user().ownedBy(Asking.OTHER_ACCOUNT);
    String named = trust("{'AWS':'" + Asking.ALICE + "'}", "");
    assertThat(foreign.assume(named).allowed()).isFalse();
    assertThat(foreign.assume(SEED).allowed()).isFalse();
    assertThat(foreign.identity(Asking.FULL_ACCESS).assume(named).allowed()).isTrue();
    assertThat(
            foreign
                .identity(Asking.FULL_ACCESS)
                .assume(trust("{'AWS':'222233334444'}", ""))
                .allowed())
        .isFalse();
  }

  @Test
  @Evidence("attack-24")
  void a_narrowed_session_cannot_assume_the_role_again_to_shed_its_limits() {
    String table = Asking.statement("Allow", "s3:GetObject", "arn:aws:s3:::b/t/*");
    Asking vended = Asking.session().identity(Asking.FULL_ACCESS).sessionPolicy(table);
    for (String principal :
        new String[] {
          "'*'",
          "{'AWS':'" + Asking.ROLE + "'}",
          "{'AWS':'" + Asking.SESSION + "'}",
          "{'AWS':'000000000000'}"
        }) {
      assertThat(vended.assume(trust(principal, "")).reason())
          .as(principal)
          .isEqualTo("because no session policy allows the sts:AssumeRole action");
    }
    assertThat(
            Asking.as(Subject.Kind.USER_SESSION)
                .sessionPolicy(table)
                .assume(trust("{'AWS':'" + Asking.ALICE + "'}", ""))
                .allowed())
        .isFalse();
  }

  @Test
  void a_boundary_limits_a_session_that_is_named_by_its_role() {
    Asking bounded = Asking.session().boundary(Asking.statement("Allow", "s3:*", "*"));
    assertThat(bounded.assume(trust("{'AWS':'" + Asking.ROLE + "'}", "")).reason())
        .isEqualTo("because no permissions boundary allows the sts:AssumeRole action");
    assertThat(bounded.assume(trust("{'AWS':'" + Asking.SESSION + "'}", "")).allowed()).isTrue();
  }

  @Test
  @Evidence("attack-23")
  void the_external_id_must_be_the_one_asked_for() {
    String trust = trust("'*'", ",'Condition':{'StringEquals':{'sts:ExternalId':'lk-1'}}");
    assertThat(Asking.user().with("sts:ExternalId", "lk-1").assume(trust).allowed()).isTrue();
    assertThat(Asking.user().with("sts:ExternalId", "lk-2").assume(trust).allowed()).isFalse();
    Decision missing = Asking.user().assume(trust);
    assertThat(missing.allowed()).isFalse();
    assertThat(missing.detail()).contains("StringEquals sts:ExternalId").doesNotContain("lk-1");
    assertThat(Asking.user().with("sts:ExternalId", "x").assume(SEED).allowed()).isTrue();
  }

  @Test
  void a_web_identity_is_named_by_its_provider() {
    String arn = "arn:aws:iam::000000000000:oidc-provider/idp.example.com/realm";
    Asking web =
        new Asking(
                new Subject(Subject.Kind.FEDERATED, Asking.ACCOUNT, arn, Optional.empty(), ""),
                Grants.NONE,
                java.util.List.of(),
                Asking.ACCOUNT,
                java.util.Map.of())
            .with("idp.example.com/realm:aud", "lakehouse");
    String condition = ",'Condition':{'StringEquals':{'idp.example.com/realm:aud':'lakehouse'}}";
    assertThat(web.assume(trust("{'Federated':'" + arn + "'}", condition)).allowed()).isTrue();
    assertThat(web.assume(trust("{'Federated':'idp.example.com/realm'}", "")).allowed()).isTrue();
    assertThat(web.assume(trust("{'Federated':'idp.example.com'}", "")).allowed()).isFalse();
    assertThat(web.assume(trust("{'AWS':'000000000000'}", "")).allowed()).isFalse();
    assertThat(
            web.with("idp.example.com/realm:aud", "other")
                .assume(trust("{'Federated':'" + arn + "'}", condition))
                .allowed())
        .isFalse();
  }
}
