package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.support.Evidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Principals by unique id. Expectations: AWS, "Principal": "IAM transforms the ARN to the unique
 * principal ID when you save the policy. This helps mitigate the risk of someone escalating their
 * privileges by removing and recreating the user".
 */
final class UniqueIdPrincipalTest {
  private static final String KEY = "arn:aws:s3:::b/k";
  private static final String ANEW = "AIDAAAAAAAAAAAAAAANEW";
  private static final String ROLE_ANEW = "AROAAAAAAAAAAAAAAANEW";

  /** The subject as it is after its user or role was deleted and made anew. */
  private static Subject anew(Subject old) {
    String id = old.id().startsWith("AROA") ? ROLE_ANEW + ":s1" : ANEW;
    return new Subject(old.kind(), old.account(), old.arn(), old.roleArn(), id);
  }

  private static boolean reads(Subject subject, String effectAndPrincipal) {
    Asking asking = Asking.user();
    return new Asking(subject, asking.grants(), asking.resource(), asking.owner(), asking.keys())
        .resourcePolicy(
            Asking.policy(
                "{"
                    + effectAndPrincipal
                    + ",'Action':'s3:GetObject','Resource':'*'}"
                    + (effectAndPrincipal.contains("Deny")
                        ? ",{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}"
                        : "")))
        .may("s3:GetObject", KEY);
  }

  /** Columns: who is named, the caller, whether it is meant, whether one made anew is. */
  @ParameterizedTest
  @CsvSource({
    "AIDAAAAAAAAAAAAAALICE,    USER,         true,  false",
    "AIDAAAAAAAAAAAAAALICE,    USER_SESSION, true,  false",
    "AIDAAAAAAAAAAAAAALICE,    ROLE_SESSION, false, false",
    "AIDAAAAAAAAAAAAAALICE,    ANONYMOUS,    false, false",
    "AIDAAAAAAAAAAAAAALICE,    FEDERATED,    false, false",
    "AROAAAAAAAAAAAAAWRITE,    ROLE_SESSION, true,  false",
    "AROAAAAAAAAAAAAAWRITE,    USER,         false, false",
    "AROAAAAAAAAAAAAAWRITE:s1, ROLE_SESSION, true,  false",
    "AROAAAAAAAAAAAAAWRITE:s2, ROLE_SESSION, false, false",
    "AIDAAAAAAAAAAAAAAANEW,    USER,         false, true",
    "AROAAAAAAAAAAAAAAANEW,    ROLE_SESSION, false, true"
  })
  @Evidence("attack-22")
  void a_unique_id_means_one_user_or_role_and_nobody_of_its_name(
      String named, Subject.Kind kind, boolean meant, boolean anewMeant) {
    Subject caller = Asking.as(kind).subject();
    String allow = "'Effect':'Allow','Principal':{'AWS':'" + named + "'}";
    String deny = "'Effect':'Deny','Principal':{'AWS':'" + named + "'}";
    assertThat(reads(caller, allow)).isEqualTo(meant);
    assertThat(reads(anew(caller), allow)).isEqualTo(anewMeant);
    assertThat(reads(caller, deny)).isEqualTo(!meant);
    assertThat(reads(anew(caller), deny)).isEqualTo(!anewMeant);
  }

  /** A role session is spared only when role and session are both named. */
  @ParameterizedTest
  @CsvSource({
    "AIDAAAAAAAAAAAAAALICE, USER, true",
    "AIDAAAAAAAAAAAAAALICE, ROLE_SESSION, false",
    "AROAAAAAAAAAAAAAWRITE, ROLE_SESSION, false",
    "AROAAAAAAAAAAAAAWRITE:s1, ROLE_SESSION, false",
    "AROAAAAAAAAAAAAAWRITE AROAAAAAAAAAAAAAWRITE:s1, ROLE_SESSION, true"
  })
  @Evidence("attack-22")
  void not_principal_spares_by_unique_id_and_not_who_was_made_anew(
      String named, Subject.Kind kind, boolean spared) {
    Subject caller = Asking.as(kind).subject();
    String deny = "'Effect':'Deny','NotPrincipal':{'AWS':['" + named.replace(" ", "','") + "']}";
    assertThat(reads(caller, deny)).isEqualTo(spared);
    assertThat(reads(anew(caller), deny)).isFalse();
  }

  @Test
  @Evidence("attack-22")
  void a_role_trusts_the_id_and_not_the_name() {
    String trust =
        Asking.policy(
            "{'Effect':'Allow','Principal':{'AWS':'AIDAAAAAAAAAAAAAALICE'},'Action':'sts:AssumeRole'}");
    Asking alice = Asking.user();
    assertThat(alice.assume(trust).allowed()).isTrue();
    Asking again =
        new Asking(
            anew(alice.subject()), alice.grants(), alice.resource(), alice.owner(), alice.keys());
    assertThat(again.assume(trust).reason())
        .isEqualTo("because no role trust policy allows the sts:AssumeRole action");
  }

  @Test
  @Evidence("attack-27")
  void an_identity_from_elsewhere_is_no_user_whatever_it_calls_itself() {
    Subject liar =
        new Subject(
            Subject.Kind.FEDERATED,
            Asking.ACCOUNT,
            Asking.ALICE_ID,
            Optional.empty(),
            Asking.ALICE_ID);
    assertThat(reads(liar, "'Effect':'Allow','Principal':{'AWS':'" + Asking.ALICE_ID + "'}"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AIDA",
        "AIDAAAAAAAAAAAAAAL*CE",
        "AIDAAAAAAAAAAAAAALICE:s1",
        "AKIAAAAAAAAAAAAAALICE",
        "AROAAAAAAAAAAAAAWRITE:",
        "AROAAAAAAAAAAAAAWRITE:a/b",
        "aidaaaaaaaaaaaaaalice"
      })
  void what_is_no_unique_id_is_refused(String id) {
    String document = Asking.granting("Allow", "{'AWS':'" + id + "'}", "s3:GetObject", "*");
    assertThatThrownBy(() -> Policy.parse("p", document, Policy.Kind.RESOURCE))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageContaining("invalid principal in policy");
  }
}
