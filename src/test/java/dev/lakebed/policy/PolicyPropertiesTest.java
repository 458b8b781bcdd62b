package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold for all policies: a Deny only takes away, a session only narrows. */
final class PolicyPropertiesTest {
  private static final List<String> ACTIONS =
      List.of("s3:GetObject", "s3:PutObject", "s3:ListBucket", "sts:AssumeRole");
  private static final List<String> RESOURCES =
      List.of("arn:aws:s3:::b", "arn:aws:s3:::b/k", "arn:aws:s3:::b/t/k", Asking.ROLE);

  record Rule(boolean deny, String action, String resource, String condition, String principal) {
    String own() {
      return json("");
    }

    String named() {
      return json("'Principal':" + principal + ",");
    }

    private String json(String named) {
      return "{'Effect':'%s',%s%s,%s%s}"
          .formatted(deny ? "Deny" : "Allow", named, action, resource, condition);
    }
  }

  @Provide
  Arbitrary<Asking> askings() {
    Arbitrary<Subject.Kind> kinds = Arbitraries.of(Subject.Kind.values());
    Arbitrary<Boolean> foreign = Arbitraries.of(true, false, false);
    Arbitrary<List<Rule>> rules = rules().list().ofMaxSize(3);
    return Combinators.combine(kinds, foreign, rules, rules, rules, rules)
        .as(
            (kind, other, identity, boundary, session, resource) -> {
              Grants grants =
                  new Grants(
                      policies(identity, Policy.Kind.IDENTITY),
                      policies(boundary, Policy.Kind.IDENTITY).stream().findFirst(),
                      policies(session, Policy.Kind.SESSION),
                      false);
              Subject subject = Asking.as(kind).subject();
              String owner = other ? Asking.OTHER_ACCOUNT : Asking.ACCOUNT;
              return new Asking(
                      subject,
                      grants,
                      policies(resource, Policy.Kind.RESOURCE),
                      owner,
                      java.util.Map.of())
                  .with("aws:username", "t");
            });
  }

  @Provide
  Arbitrary<Rule> rules() {
    return Combinators.combine(
            Arbitraries.of(true, false, false),
            Arbitraries.of(
                "'Action':'*'",
                "'Action':'s3:*'",
                "'Action':'s3:GetObject'",
                "'NotAction':'s3:Put*'"),
            Arbitraries.of(
                "'Resource':'*'",
                "'Resource':'arn:aws:s3:::b/*'",
                "'Resource':'arn:aws:s3:::b/${aws:username}/*'",
                "'NotResource':'arn:aws:s3:::b/t/*'"),
            Arbitraries.of(
                "",
                ",'Condition':{'Null':{'aws:username':'true'}}",
                ",'Condition':{'StringLike':{'aws:username':'?'}}"),
            Arbitraries.of(
                "'*'",
                "{'AWS':'" + Asking.ACCOUNT + "'}",
                "{'AWS':'" + Asking.ALICE + "'}",
                "{'AWS':['" + Asking.ROLE + "']}",
                "{'AWS':['" + Asking.SESSION + "','" + Asking.ALICE + "']}"))
        .as(Rule::new);
  }

  private static List<Policy> policies(List<Rule> rules, Policy.Kind kind) {
    List<Policy> policies = new ArrayList<>();
    for (Rule rule : rules) {
      String statement = kind == Policy.Kind.RESOURCE ? rule.named() : rule.own();
      policies.add(Policy.parse("p" + policies.size(), Asking.policy(statement), kind));
    }
    return policies;
  }

  @Property
  void a_session_never_exceeds_its_principal(
      @ForAll("askings") Asking asking, @ForAll("rules") Rule rule) {
    Grants wide = asking.grants();
    List<Policy> session = policies(List.of(rule), Policy.Kind.SESSION);
    Asking before =
        asking.grants(new Grants(wide.identity(), wide.boundary(), List.of(), wide.root()));
    Asking after =
        asking.grants(new Grants(wide.identity(), wide.boundary(), session, wide.root()));
    everywhere(
        (action, resource) -> {
          if (after.may(action, resource)) {
            assertThat(before.may(action, resource)).isTrue();
          }
        });
  }

  @Property
  void adding_a_deny_never_allows(@ForAll("askings") Asking asking, @ForAll("rules") Rule rule) {
    Rule deny = new Rule(true, rule.action(), rule.resource(), rule.condition(), rule.principal());
    List<Policy> own = policies(List.of(deny), Policy.Kind.IDENTITY);
    List<Policy> resource = policies(List.of(deny), Policy.Kind.RESOURCE);
    Grants g = asking.grants();
    Asking identityDenied =
        asking.grants(new Grants(join(g.identity(), own), g.boundary(), g.session(), g.root()));
    Asking resourceDenied =
        new Asking(
            asking.subject(), g, join(asking.resource(), resource), asking.owner(), asking.keys());
    everywhere(
        (action, arn) -> {
          if (!asking.may(action, arn)) {
            assertThat(identityDenied.may(action, arn)).isFalse();
            assertThat(resourceDenied.may(action, arn)).isFalse();
          }
        });
  }

  @Property
  void a_boundary_never_grants(@ForAll("askings") Asking asking, @ForAll("rules") Rule rule) {
    Grants g = asking.grants();
    Asking without =
        asking.grants(new Grants(g.identity(), Optional.empty(), g.session(), g.root()));
    Optional<Policy> boundary = policies(List.of(rule), Policy.Kind.IDENTITY).stream().findFirst();
    Asking with = asking.grants(new Grants(g.identity(), boundary, g.session(), g.root()));
    everywhere(
        (action, arn) -> {
          if (with.may(action, arn)) {
            assertThat(without.may(action, arn)).isTrue();
          }
        });
  }

  @Property
  void a_trust_policy_lets_a_narrowed_session_in_only_with_its_session_policies(
      @ForAll("askings") Asking asking, @ForAll("rules") Rule rule) {
    List<Policy> session = policies(List.of(rule), Policy.Kind.SESSION);
    Grants g = asking.grants();
    Asking narrowed = asking.grants(new Grants(g.identity(), g.boundary(), session, g.root()));
    String everyone = Asking.policy("{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole'}");
    Asking sessionAlone =
        Asking.user()
            .grants(new Grants(session, Optional.empty(), List.of(), false))
            .with("aws:username", "t");
    if (narrowed.assume(everyone).allowed()) {
      assertThat(sessionAlone.may("sts:AssumeRole", Asking.ROLE)).isTrue();
    }
  }

  private static List<Policy> join(List<Policy> some, List<Policy> more) {
    List<Policy> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static void everywhere(java.util.function.BiConsumer<String, String> check) {
    for (String action : ACTIONS) {
      for (String resource : RESOURCES) {
        check.accept(action, resource);
      }
    }
  }
}
