package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of what identity, boundary, session and resource policies can say, for a user
 * and a role session, in the same account and across accounts. The expected column is written down
 * from AWS's "policy evaluation logic" page as a formula over the combination, independent of the
 * engine.
 */
@Evidence("contract-5.2")
final class EvaluationTruthTableTest {
  private static final String ACTION = "s3:PutObject";
  private static final String ARN = "arn:aws:s3:::b/k";

  enum Says {
    ABSENT,
    NOTHING,
    ALLOW,
    DENY
  }

  enum Named {
    SUBJECT,
    ISSUER,
    ACCOUNT,
    EVERYONE
  }

  record Row(
      Subject.Kind kind,
      boolean foreign,
      Says identity,
      Says boundary,
      Says session,
      Says resource,
      Named named) {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Subject.Kind kind :
        List.of(Subject.Kind.USER, Subject.Kind.ROLE_SESSION, Subject.Kind.USER_SESSION)) {
      for (boolean foreign : new boolean[] {false, true}) {
        for (Says identity : Says.values()) {
          for (Says boundary : Says.values()) {
            for (Says session : Says.values()) {
              for (Says resource : Says.values()) {
                for (Named named : Named.values()) {
                  rows.add(new Row(kind, foreign, identity, boundary, session, resource, named));
                }
              }
            }
          }
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decision_is_what_aws_documents(Row row) {
    assertThat(decide(row).allowed()).isEqualTo(expected(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Evidence("attack-30")
  void a_deny_in_any_layer_is_reported_as_explicit(Row row) {
    boolean denied =
        List.of(row.identity, row.boundary, row.session, row.resource).contains(Says.DENY);
    assertThat(decide(row) instanceof Decision.ExplicitDeny).isEqualTo(denied);
  }

  private static boolean expected(Row row) {
    if (List.of(row.identity, row.boundary, row.session, row.resource).contains(Says.DENY)) {
      return false;
    }
    boolean boundaryLets = row.boundary != Says.NOTHING;
    boolean sessionLets = row.session != Says.NOTHING;
    boolean own = row.identity == Says.ALLOW && boundaryLets && sessionLets;
    boolean granted = row.resource == Says.ALLOW;
    if (row.foreign) {
      return own && granted;
    }
    boolean alone =
        switch (row.named) {
          case EVERYONE -> true;
          // A user session is known by the ARN of its user, so its session policies still apply.
          case SUBJECT -> row.kind != Subject.Kind.USER_SESSION || sessionLets;
          case ISSUER ->
              switch (row.kind) {
                case ROLE_SESSION -> boundaryLets && sessionLets;
                case USER_SESSION -> sessionLets;
                default -> true;
              };
          case ACCOUNT -> false;
        };
    return own || (granted && alone);
  }

  private static Decision decide(Row row) {
    Asking asking = Asking.as(row.kind);
    Grants grants =
        new Grants(
            row.identity == Says.ABSENT
                ? List.of()
                : List.of(own(row.identity, Policy.Kind.IDENTITY)),
            row.boundary == Says.ABSENT
                ? Optional.empty()
                : Optional.of(own(row.boundary, Policy.Kind.IDENTITY)),
            row.session == Says.ABSENT ? List.of() : List.of(own(row.session, Policy.Kind.SESSION)),
            false);
    asking = asking.grants(grants).ownedBy(row.foreign ? Asking.OTHER_ACCOUNT : Asking.ACCOUNT);
    if (row.resource != Says.ABSENT) {
      asking = asking.resourcePolicy(resource(row));
    }
    return asking.decide(ACTION, ARN);
  }

  private static Policy own(Says says, Policy.Kind kind) {
    String document =
        switch (says) {
          case ABSENT -> throw new IllegalArgumentException("absent has no document");
          case NOTHING -> Asking.statement("Allow", "s3:GetBucketAcl", "*");
          case ALLOW -> Asking.statement("Allow", "s3:Put*", "arn:aws:s3:::b/*");
          case DENY ->
              Asking.policy(
                  "{'Effect':'Allow','Action':'*','Resource':'*'},"
                      + "{'Effect':'Deny','Action':'s3:PutObject','Resource':'arn:aws:s3:::b/k'}");
        };
    return Policy.parse("p", document, kind);
  }

  private static String resource(Row row) {
    boolean role = row.kind == Subject.Kind.ROLE_SESSION;
    String principal =
        switch (row.named) {
          case SUBJECT -> "{'AWS':'" + (role ? Asking.SESSION : Asking.ALICE) + "'}";
          case ISSUER -> "{'AWS':['" + (role ? Asking.ROLE : Asking.ALICE) + "']}";
          case ACCOUNT -> "{'AWS':'" + Asking.ACCOUNT + "'}";
          case EVERYONE -> "'*'";
        };
    return switch (row.resource) {
      case ABSENT -> throw new IllegalArgumentException("absent has no document");
      case NOTHING -> Asking.granting("Allow", principal, "s3:GetObject", ARN);
      case ALLOW -> Asking.granting("Allow", principal, ACTION, ARN);
      case DENY -> Asking.granting("Deny", principal, ACTION, ARN);
    };
  }
}
