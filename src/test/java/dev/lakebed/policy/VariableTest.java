package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policy variables; expectations from the IAM page on policy elements "variables and tags". */
final class VariableTest {
  private static final String HOME = "arn:aws:s3:::b/home/${aws:username}/*";

  private static Asking asking(String resource) {
    return Asking.user().identity(Asking.statement("Allow", "s3:GetObject", resource));
  }

  private static boolean reads(Asking asking, String key) {
    return asking.may("s3:GetObject", "arn:aws:s3:::b/" + key);
  }

  @Test
  void a_variable_stands_for_the_value_of_its_key() {
    Asking alice = asking(HOME).with("aws:username", "alice");
    assertThat(reads(alice, "home/alice/x")).isTrue();
    assertThat(reads(alice, "home/bob/x")).isFalse();
    assertThat(
            reads(
                asking(HOME.replace("aws:username", "AWS:UserName")).with("aws:username", "alice"),
                "home/alice/x"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "?????", "a*", "${aws:username}", "${*}", "*/../bob"})
  @Evidence("attack-39")
  void a_substituted_value_never_becomes_a_wildcard_or_variable(String name) {
    Asking evil = asking(HOME).with("aws:username", name);
    assertThat(reads(evil, "home/alice/x")).isFalse();
    assertThat(reads(evil, "home/" + name + "/x")).isTrue();
  }

  @Test
  @Evidence("attack-39")
  void a_slash_in_a_value_reaches_only_the_literal_path() {
    Asking evil = asking(HOME).with("aws:username", "bob/..");
    assertThat(reads(evil, "home/bob/x")).isFalse();
    assertThat(reads(evil, "home/bob/../x")).isTrue();
  }

  @Test
  void an_unknown_or_many_valued_variable_matches_nothing() {
    assertThat(reads(asking(HOME), "home/${aws:username}/x")).isFalse();
    assertThat(reads(asking(HOME), "home//x")).isFalse();
    assertThat(reads(asking(HOME).with("aws:username", "a", "b"), "home/a/x")).isFalse();
  }

  /** Nobody knows which value is meant, so a Deny applies to whatever any of them would reach. */
  @Test
  void a_many_valued_variable_denies_what_it_could_mean() {
    Asking denied =
        Asking.user()
            .identity(
                Asking.FULL_ACCESS,
                Asking.policy("{'Effect':'Deny','Action':'*','Resource':'" + HOME + "'}"));
    assertThat(reads(denied, "home/a/x")).isTrue();
    assertThat(reads(denied.with("aws:username", "a"), "home/b/x")).isTrue();
    assertThat(reads(denied.with("aws:username", "a", "b"), "home/b/x")).isFalse();
    assertThat(reads(denied.with("aws:username", "a", "b"), "other/x")).isTrue();
  }

  @Test
  void a_default_stands_in_for_an_absent_key_and_is_literal() {
    String resource = "arn:aws:s3:::b/${aws:PrincipalTag/team, \\u0027all-*\\u0027}/*";
    assertThat(reads(asking(resource), "all-*/x")).isTrue();
    assertThat(reads(asking(resource), "all-x/x")).isFalse();
    assertThat(reads(asking(resource).with("aws:PrincipalTag/team", "red"), "red/x")).isTrue();
  }

  @Test
  @Evidence("rule-81")
  void the_older_version_knows_no_variables() {
    for (String version : new String[] {"'Version':'2008-10-17',", ""}) {
      Asking old =
          Asking.user()
              .identity(
                  Asking.json(
                      "{"
                          + version
                          + "'Statement':{'Effect':'Allow','Action':'s3:GetObject',"
                          + "'Resource':'"
                          + HOME
                          + "'}}"))
              .with("aws:username", "alice");
      assertThat(reads(old, "home/alice/x")).isFalse();
      assertThat(reads(old, "home/${aws:username}/x")).isTrue();
    }
  }

  @Test
  void the_version_counts_wherever_it_stands() {
    Asking late =
        Asking.user()
            .identity(
                Asking.json(
                    "{'Statement':{'Resource':'"
                        + HOME
                        + "','Action':'s3:GetObject',"
                        + "'Effect':'Allow'},'Version':'2012-10-17'}"))
            .with("aws:username", "alice");
    assertThat(reads(late, "home/alice/x")).isTrue();
  }

  @Test
  @Evidence("attack-39")
  void an_unresolved_variable_below_a_negation_never_widens_a_grant() {
    Asking negated =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','Action':'s3:GetObject','NotResource':'"
                        + HOME
                        + "'},"
                        + "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':"
                        + "{'StringNotEquals':{'s3:x':'${aws:username}'}}}"))
            .with("s3:x", "1");
    assertThat(reads(negated, "home/bob/x")).isFalse();
    assertThat(reads(negated.with("aws:username", "alice"), "home/bob/x")).isTrue();
  }

  @Test
  @Evidence("attack-39")
  void an_unresolved_variable_below_a_negation_still_denies() {
    Asking negated =
        Asking.user()
            .identity(
                Asking.FULL_ACCESS,
                Asking.policy("{'Effect':'Deny','Action':'*','NotResource':'" + HOME + "'}"));
    assertThat(reads(negated, "home/bob/x")).isFalse();
    assertThat(reads(negated.with("aws:username", "bob"), "home/bob/x")).isTrue();
  }

  @Test
  void variables_work_in_string_and_arn_conditions() {
    String conditions =
        "'Condition':{'StringLike':{'s3:prefix':'${aws:username}/*'},"
            + "'ArnLike':{'aws:SourceArn':'arn:aws:s3:::${aws:username}-*'}}";
    Asking asking =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'," + conditions + "}"))
            .with("aws:username", "al*")
            .with("s3:prefix", "al*/x")
            .with("aws:SourceArn", "arn:aws:s3:::al*-b");
    assertThat(reads(asking, "x")).isTrue();
    assertThat(reads(asking.with("s3:prefix", "alice/x"), "x")).isFalse();
    assertThat(reads(asking.with("aws:SourceArn", "arn:aws:s3:::alice-b"), "x")).isFalse();
  }
}
