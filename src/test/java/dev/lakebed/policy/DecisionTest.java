package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Decision.Layer;
import org.junit.jupiter.api.Test;

/**
 * Reasons in the words of AWS's page "Troubleshoot access denied error messages", and the details
 * that the log of the server needs.
 */
final class DecisionTest {
  private static final String KEY = "arn:aws:s3:::b/k";

  @Test
  void an_allow_names_its_statement() {
    Decision decision =
        Asking.user()
            .identity(
                Asking.statement("Allow", "iam:*", "*"),
                Asking.policy("{'Sid':'Rd','Effect':'Allow','Action':'s3:Get*','Resource':'*'}"))
            .decide("s3:GetObject", KEY);
    assertThat(decision).isEqualTo(new Decision.Allowed(Layer.IDENTITY, "identity1", "Rd"));
    assertThat(decision.detail())
        .isEqualTo("allowed by identity-based policy identity1, statement Rd");
  }

  @Test
  void a_deny_names_its_statement_by_index_when_it_has_no_sid() {
    Decision decision =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','Action':'*','Resource':'*'},"
                        + "{'Effect':'Deny','Action':'s3:Get*','Resource':'*'}"))
            .decide("s3:GetObject", KEY);
    assertThat(decision).isEqualTo(new Decision.ExplicitDeny(Layer.IDENTITY, "identity0", "#1"));
    assertThat(decision.reason()).isEqualTo("with an explicit deny in an identity-based policy");
    assertThat(decision.detail())
        .isEqualTo("denied by identity-based policy identity0, statement #1");
  }

  @Test
  void each_layer_has_its_reason() {
    String other = Asking.statement("Allow", "iam:*", "*");
    Asking user = Asking.user().identity(Asking.FULL_ACCESS);
    assertThat(Asking.user().decide("s3:PutObject", KEY).reason())
        .isEqualTo("because no identity-based policy allows the s3:PutObject action");
    assertThat(user.boundary(other).decide("s3:PutObject", KEY).reason())
        .isEqualTo("because no permissions boundary allows the s3:PutObject action");
    assertThat(user.sessionPolicy(other).decide("s3:PutObject", KEY).reason())
        .isEqualTo("because no session policy allows the s3:PutObject action");
    assertThat(
            user.boundary(Asking.statement("Deny", "*", "*")).decide("s3:PutObject", KEY).reason())
        .isEqualTo("with an explicit deny in a permissions boundary");
  }

  @Test
  void the_nearest_statement_is_named_without_any_value() {
    Decision decision =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Sid':'Far','Effect':'Allow','Action':'iam:*','Resource':'*'},"
                        + "{'Sid':'Near','Effect':'Allow','Action':'s3:*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'aws:PrincipalTag/Team':'secret'}}}"))
            .with("aws:PrincipalTag/Team", "hidden")
            .decide("s3:PutObject", KEY);
    assertThat(decision.detail())
        .isEqualTo(
            "because no identity-based policy allows the s3:PutObject action; nearest: policy"
                + " identity0, statement Near, condition not met: StringEquals"
                + " aws:PrincipalTag/Team");
    assertThat(Asking.user().decide("s3:PutObject", KEY).detail())
        .endsWith("no statement matches action, resource and principal");
  }
}
