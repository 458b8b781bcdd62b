package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Identity x boundary x session x resource or trust policy x same or other account x how the policy
 * names the caller, for every kind of caller. The oracle is AWS's "policy evaluation logic" written
 * down as sets of layers, without a look at the engine; {@link EvaluationTruthTableTest} has users
 * and sessions once more, by another formula.
 */
final class CallerKindTruthTableTest {
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
    EVERYONE,
    SOMEBODY_ELSE
  }

  record Row(
      Subject.Kind kind,
      boolean foreign,
      Says identity,
      Says boundary,
      Says session,
      Says other,
      Named named) {
    boolean denied() {
      return List.of(identity, boundary, session, other).contains(Says.DENY);
    }

    boolean limitsLet() {
      return boundary != Says.NOTHING && session != Says.NOTHING;
    }

    /** What the caller's own policies give. */
    boolean own() {
      boolean granted = kind == Subject.Kind.ROOT || identity == Says.ALLOW;
      return granted && limitsLet();
    }

    boolean hasAccount() {
      return kind != Subject.Kind.ANONYMOUS && kind != Subject.Kind.SERVICE;
    }
  }

  /** How far a grant of the other side carries by itself. */
  enum Carries {
    NOT,
    WITH_OWN,
    WITHIN_LIMITS,
    ALONE
  }

  private static Carries carries(Row row) {
    if (row.other != Says.ALLOW) {
      return Carries.NOT;
    }
    return switch (row.named) {
      case EVERYONE -> Carries.ALONE;
      case SOMEBODY_ELSE -> Carries.NOT;
      case ACCOUNT ->
          switch (row.kind) {
            case ANONYMOUS, SERVICE -> Carries.NOT;
            case ROOT -> Carries.ALONE;
            case USER, USER_SESSION, ROLE_SESSION, FEDERATED -> Carries.WITH_OWN;
          };
      case ISSUER ->
          switch (row.kind) {
            case ROLE_SESSION, USER_SESSION -> Carries.WITHIN_LIMITS;
            case USER -> Carries.ALONE;
            case ANONYMOUS, ROOT, FEDERATED, SERVICE -> Carries.NOT;
          };
      case SUBJECT ->
          switch (row.kind) {
            case ANONYMOUS -> Carries.NOT;
            case USER_SESSION -> Carries.WITHIN_LIMITS;
            case ROOT, USER, ROLE_SESSION, FEDERATED, SERVICE -> Carries.ALONE;
          };
    };
  }

  /** A session of a user keeps its session policies, a session of a role its boundary too. */
  private static boolean withinLimits(Row row) {
    return row.kind == Subject.Kind.ROLE_SESSION ? row.limitsLet() : row.session != Says.NOTHING;
  }

  private static boolean mayReach(Row row) {
    if (row.denied()) {
      return false;
    }
    Carries carries = carries(row);
    if (row.foreign && row.hasAccount()) {
      return row.own() && carries != Carries.NOT;
    }
    return row.own()
        || carries == Carries.ALONE
        || (carries == Carries.WITHIN_LIMITS && withinLimits(row));
  }

  private static boolean mayAssume(Row row) {
    if (row.denied() || row.kind == Subject.Kind.ANONYMOUS) {
      return false;
    }
    Carries carries = carries(row);
    if ((row.foreign && row.hasAccount()) || carries == Carries.WITH_OWN) {
      return row.own() && carries != Carries.NOT;
    }
    boolean sessionLets = row.session != Says.NOTHING;
    return switch (carries) {
      case NOT, WITH_OWN -> false;
      case ALONE -> sessionLets;
      case WITHIN_LIMITS -> sessionLets && withinLimits(row);
    };
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Subject.Kind kind : Subject.Kind.values()) {
      for (boolean foreign : new boolean[] {false, true}) {
        for (Says identity : Says.values()) {
          for (Says boundary : Says.values()) {
            for (Says session : Says.values()) {
              for (Says other : Says.values()) {
                for (Named named : Named.values()) {
                  rows.add(new Row(kind, foreign, identity, boundary, session, other, named));
                }
              }
            }
          }
        }
      }
    }
    return rows;
  }

  /** A Deny that does not name the caller denies nothing; the oracle counts it as absent. */
  private static Row seen(Row row) {
    boolean reaches = carries(withOther(row, Says.ALLOW)) != Carries.NOT;
    return row.other == Says.DENY && !reaches ? withOther(row, Says.NOTHING) : row;
  }

  private static Row withOther(Row row, Says other) {
    return new Row(
        row.kind, row.foreign, row.identity, row.boundary, row.session, other, row.named);
  }

  @Test
  @Evidence("attack-30")
  void every_combination_of_layers_decides_as_aws_documents() {
    List<Row> rows = rows();
    assertThat(rows).hasSize(7 * 2 * 4 * 4 * 4 * 4 * 5);
    for (Row row : rows) {
      assertThat(
              asking(row).resourcePolicy(other(row, Policy.Kind.RESOURCE)).may("s3:PutObject", ARN))
          .as("%s", row)
          .isEqualTo(mayReach(seen(row)));
    }
  }

  @Test
  @Evidence("attack-22")
  void every_combination_of_layers_and_trust_decides_as_aws_documents() {
    for (Row row : rows()) {
      boolean allowed =
          PolicyEngine.decideTrust(
                  Policy.parse("trust", other(row, Policy.Kind.TRUST), Policy.Kind.TRUST),
                  asking(row).question("sts:AssumeRole", Asking.ROLE))
              .allowed();
      assertThat(allowed).as("%s", row).isEqualTo(mayAssume(seen(row)));
    }
  }

  private static Asking asking(Row row) {
    Grants grants =
        new Grants(
            own(row.identity, Policy.Kind.IDENTITY).stream().toList(),
            own(row.boundary, Policy.Kind.IDENTITY),
            own(row.session, Policy.Kind.SESSION).stream().toList(),
            false);
    return Asking.as(row.kind)
        .grants(grants)
        .ownedBy(row.foreign ? Asking.OTHER_ACCOUNT : Asking.ACCOUNT);
  }

  private static Optional<Policy> own(Says says, Policy.Kind kind) {
    String everything = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    return switch (says) {
      case ABSENT -> Optional.empty();
      case NOTHING ->
          Optional.of(Policy.parse("p", Asking.statement("Allow", "s3:GetBucketAcl", "*"), kind));
      case ALLOW -> Optional.of(Policy.parse("p", Asking.policy(everything), kind));
      case DENY ->
          Optional.of(
              Policy.parse(
                  "p",
                  Asking.policy(everything + "," + everything.replace("Allow", "Deny")),
                  kind));
    };
  }

  private static String other(Row row, Policy.Kind kind) {
    String action =
        switch (row.other) {
          case ABSENT, NOTHING -> kind == Policy.Kind.TRUST ? "sts:TagSession" : "s3:GetObject";
          case ALLOW, DENY -> kind == Policy.Kind.TRUST ? "sts:AssumeRole" : "s3:PutObject";
        };
    String effect = row.other == Says.DENY ? "Deny" : "Allow";
    return kind == Policy.Kind.TRUST
        ? Asking.policy(
            "{'Effect':'%s','Principal':%s,'Action':'%s'}"
                .formatted(effect, principal(row), action))
        : Asking.granting(effect, principal(row), action, ARN);
  }

  private static String principal(Row row) {
    return switch (row.named) {
      case EVERYONE -> "'*'";
      case ACCOUNT -> "{'AWS':'" + Asking.ACCOUNT + "'}";
      case SOMEBODY_ELSE -> "{'AWS':'arn:aws:iam::" + Asking.ACCOUNT + ":user/somebody'}";
      case ISSUER ->
          "{'AWS':'" + (row.kind == Subject.Kind.ROLE_SESSION ? Asking.ROLE : Asking.ALICE) + "'}";
      case SUBJECT ->
          switch (row.kind) {
            case SERVICE -> "{'Service':'logging.s3.amazonaws.com'}";
            case ANONYMOUS -> "{'AWS':'arn:aws:iam::" + Asking.ACCOUNT + ":user/anonymous'}";
            case ROOT -> "{'AWS':'arn:aws:iam::" + Asking.ACCOUNT + ":root'}";
            case USER, USER_SESSION -> "{'AWS':'" + Asking.ALICE + "'}";
            case ROLE_SESSION -> "{'AWS':'" + Asking.SESSION + "'}";
            case FEDERATED -> "{'AWS':'arn:aws:sts::" + Asking.ACCOUNT + ":federated-user/bob'}";
          };
    };
  }
}
