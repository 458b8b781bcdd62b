package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Evaluation.Match;
import dev.lakebed.policy.Policy.Position;
import dev.lakebed.policy.Policy.Span;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What simulations tell beside the decision: AWS, IAM API reference, EvaluationResult and its
 * samples.
 */
final class EvaluationTest {
  private static final String KEY = "arn:aws:s3:::b/k";

  private static Evaluation evaluate(Asking asking, String action) {
    return Evaluation.of(asking.question(action, KEY));
  }

  private static List<String> labels(Evaluation evaluation) {
    return evaluation.matches().stream()
        .map(match -> match.policy().name() + " " + match.statement())
        .toList();
  }

  @Test
  void all_allow_statements_that_apply_determine_an_allow() {
    Evaluation evaluation =
        evaluate(
            Asking.user()
                .identity(
                    Asking.policy(
                        "{'Sid':'A','Effect':'Allow','Action':'s3:Get*','Resource':'*'},"
                            + "{'Sid':'B','Effect':'Allow','Action':'s3:Put*','Resource':'*'},"
                            + "{'Sid':'C','Effect':'Deny','Action':'iam:*','Resource':'*'}"),
                    Asking.FULL_ACCESS)
                .resourcePolicy(Asking.granting("Allow", "'*'", "s3:GetObject", KEY)),
            "s3:GetObject");
    assertThat(labels(evaluation)).containsExactly("identity0 A", "identity1 #0", "resource0 #0");
  }

  @Test
  void only_deny_statements_determine_a_deny_and_all_of_them() {
    Evaluation evaluation =
        evaluate(
            Asking.user()
                .identity(
                    Asking.FULL_ACCESS,
                    Asking.statement("Deny", "s3:Get*", "*"),
                    Asking.statement("Deny", "s3:GetObject", "*"))
                .boundary(Asking.statement("Deny", "*", "*"))
                .resourcePolicy(
                    Asking.policy(
                        "{'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::000000000000:user/x'},"
                            + "'Action':'s3:*','Resource':'*'}")),
            "s3:GetObject");
    assertThat(evaluation.decision()).isInstanceOf(Decision.ExplicitDeny.class);
    assertThat(labels(evaluation))
        .containsExactly("identity1 #0", "identity2 #0", "boundary #0", "resource0 #0");
  }

  @Test
  void an_identity_grant_that_the_boundary_stops_does_not_determine_a_grant_of_the_resource() {
    Evaluation evaluation =
        evaluate(
            Asking.user()
                .identity(Asking.FULL_ACCESS)
                .boundary(Asking.statement("Allow", "iam:*", "*"))
                .resourcePolicy(
                    Asking.granting(
                        "Allow", "{'AWS':'" + Asking.ALICE + "'}", "s3:GetObject", KEY)),
            "s3:GetObject");
    assertThat(evaluation.decision().allowed()).isTrue();
    assertThat(labels(evaluation)).containsExactly("resource0 #0");
  }

  @Test
  void the_boundary_is_judged_on_its_own() {
    Asking nobody = Asking.user().identity(Asking.statement("Allow", "iam:*", "*"));
    assertThat(
            evaluate(nobody.boundary(Asking.FULL_ACCESS), "s3:GetObject").boundary().orElseThrow())
        .isInstanceOf(Decision.Allowed.class);
    assertThat(
            evaluate(
                    Asking.user()
                        .identity(Asking.statement("Deny", "*", "*"))
                        .boundary(Asking.statement("Allow", "iam:*", "*")),
                    "s3:GetObject")
                .boundary()
                .orElseThrow())
        .isInstanceOf(Decision.ImplicitDeny.class);
    assertThat(evaluate(nobody, "s3:GetObject").boundary()).isEmpty();
  }

  @Test
  void each_side_of_a_request_between_accounts_is_judged_on_its_own() {
    Evaluation evaluation =
        evaluate(
            Asking.user()
                .ownedBy(Asking.OTHER_ACCOUNT)
                .identity(Asking.statement("Allow", "iam:*", "*"))
                .resourcePolicy(
                    Asking.granting(
                        "Allow", "{'AWS':'" + Asking.ALICE + "'}", "s3:GetObject", KEY)),
            "s3:GetObject");
    assertThat(evaluation.crossesAccounts()).isTrue();
    assertThat(evaluation.decision().allowed()).isFalse();
    assertThat(evaluation.identity()).isInstanceOf(Decision.ImplicitDeny.class);
    assertThat(evaluation.resource()).isInstanceOf(Decision.Allowed.class);
    assertThat(labels(evaluation)).containsExactly("resource0 #0");
  }

  @Test
  void places_are_those_of_the_braces() {
    // Columns 38 and 84 stand in the sample of SimulatePrincipalPolicy for a document like this.
    String compact =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
            + "\"Resource\":\"*\"}]}";
    assertThat(evaluate(Asking.user().identity(compact), "s3:GetObject").matches())
        .singleElement()
        .extracting(Match::place)
        .isEqualTo(new Span(new Position(1, 38), new Position(1, 84)));
    String printed =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Deny", "Action": "iam:*", "Resource": "*"
            },
            {
              "Effect": "Allow",
              "Action": "s3:GetObject",
              "Resource": "*"
            }
          ]
        }
        """;
    assertThat(evaluate(Asking.user().identity(printed), "s3:GetObject").matches())
        .singleElement()
        .extracting(Match::place)
        .isEqualTo(new Span(new Position(7, 5), new Position(11, 6)));
  }

  @Test
  void keys_are_open_when_they_could_change_the_result() {
    String conditional =
        Asking.policy(
            "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*',"
                + "'Condition':{'StringLike':{'s3:ExistingObjectTag/team':'${aws:PrincipalTag/T}'},"
                + "'Bool':{'aws:SecureTransport':'true'}}},"
                + "{'Effect':'Allow','Action':'s3:GetObject',"
                + "'Resource':'arn:aws:s3:::b/${aws:username}'},"
                + "{'Effect':'Allow','Action':'s3:GetObject',"
                + "'Resource':'arn:aws:s3:::other/${aws:userid}'},"
                + "{'Effect':'Allow','Action':'s3:PutObject','Resource':'*',"
                + "'Condition':{'Bool':{'aws:ViaAWSService':'true'}}},"
                + "{'Effect':'Deny','Action':'*','Resource':'*',"
                + "'Condition':{'Null':{'aws:SourceIp':'false'}}}");
    Set<String> given = Set.of("aws:securetransport");
    assertThat(
            evaluate(
                    Asking.user().identity(conditional).with("aws:SecureTransport", "true"),
                    "s3:GetObject")
                .openKeys(given::contains))
        .as("of statements about this action and resource, as written")
        .containsExactly(
            "aws:PrincipalTag/T", "aws:SourceIp", "aws:username", "s3:ExistingObjectTag/team");
    assertThat(
            evaluate(Asking.user().identity(conditional, Asking.FULL_ACCESS), "s3:GetObject")
                .openKeys(key -> false))
        .as("what is allowed can only be denied")
        .containsExactly("aws:SourceIp");
    assertThat(
            evaluate(
                    Asking.user().identity(conditional).with("aws:SourceIp", "192.0.2.1"),
                    "s3:GetObject")
                .openKeys(key -> false))
        .as("an explicit Deny stands")
        .isEmpty();
  }
}
