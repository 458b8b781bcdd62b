package dev.lakebed.iam.config;

import dev.lakebed.iam.config.CredentialReader.RootSection;
import dev.lakebed.iam.config.IdentityDraft.TagSection;
import dev.lakebed.iam.config.LegacyAction.LegacyGrant;
import dev.lakebed.iam.config.StsSection.AccountSection;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code identities}. The one called {@code anonymous} is the caller without credentials. */
final class IdentitySection {
  static final String ANONYMOUS = "anonymous";

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  private final Findings findings;
  private final PolicySection policies;
  private final CredentialReader credentials;
  private final RootSection roots;
  private final Map<String, IdentityDraft> byName = new LinkedHashMap<>();
  private final Set<String> rootNames = new HashSet<>();

  IdentitySection(Findings findings, PolicySection policies, CredentialReader credentials) {
    this.findings = findings;
    this.policies = policies;
    this.credentials = credentials;
    this.roots = new RootSection(credentials);
  }

  void read(Fields identity) {
    try (identity) {
      identity.accept("isStatic");
      Optional<Element> element = identity.require("name");
      String name = element.flatMap(n -> n.text(NAME, "a user name: [\\w+=,.@-]{1,64}")).orElse("");
      if (byName.containsKey(name) || rootNames.contains(name)) {
        element.ifPresent(n -> n.problem("identity " + name + " is defined twice"));
      }
      if (identity.flag("root", false)) {
        root(identity, name);
      } else {
        user(identity, name);
      }
    }
  }

  private void root(Fields identity, String name) {
    if (name.equals(ANONYMOUS)) {
      identity.element().problem("the identity anonymous cannot be a root user");
    }
    if (!name.isEmpty()) {
      rootNames.add(name);
    }
    roots.read(identity, account(identity));
  }

  private void user(Fields identity, String name) {
    identity.accept("serviceAccountIds");
    IdentityDraft draft =
        new IdentityDraft(
            account(identity),
            name,
            !identity.flag("disabled", false),
            TagSection.read(identity.objects("tags")));
    actions(identity, name, Policy.Kind.IDENTITY)
        .ifPresent(policy -> warnIfOpen(identity, draft, policy));
    draft.attach(policies.named(identity.list("policyNames")));
    for (Fields credential : identity.objects("credentials")) {
      credentials.read(credential, Optional.empty(), Optional.empty()).ifPresent(draft.keys()::add);
    }
    if (draft.name().equals(ANONYMOUS) && !draft.keys().isEmpty()) {
      identity.element().problem("the identity anonymous cannot have credentials");
    }
    if (!draft.name().isEmpty()) {
      byName.putIfAbsent(draft.name(), draft);
    }
  }

  private void warnIfOpen(Fields identity, IdentityDraft draft, Policy policy) {
    draft.policies().add(policy);
    if (draft.name().equals(ANONYMOUS)) {
      findings.warn(identity.element(), "requests without credentials are given rights");
    }
  }

  private String account(Fields identity) {
    Optional<Fields> account = identity.find("account").flatMap(Element::fields);
    return account.map(a -> AccountSection.id(a, findings)).orElse(findings.account());
  }

  /** The policy that the legacy actions stand for, if there are any. */
  Optional<Policy> actions(Fields holder, String name, Policy.Kind kind) {
    List<LegacyGrant> grants = new ArrayList<>();
    for (Element action : holder.list("actions")) {
      Optional<String> text = action.text();
      Optional<LegacyGrant> grant = text.flatMap(LegacyGrant::parse);
      grant.ifPresent(grants::add);
      if (text.isPresent() && grant.isEmpty()) {
        action.problem(
            "unknown action; known are Admin, %s and s3tables:Operation, each also with :bucket"
                .formatted(
                    String.join(", ", LegacyAction.ALL.stream().map(LegacyAction::name).toList())));
      }
    }
    if (grants.isEmpty()) {
      return Optional.empty();
    }
    Policy policy = LegacyPolicy.compile("actions of " + name, grants, kind);
    findings.warn(holder.element(), policy);
    return Optional.of(policy);
  }

  Optional<IdentityDraft> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The user that another section names; reports when there is none. */
  Optional<IdentityDraft> require(Element name) {
    Optional<String> text = name.text();
    Optional<IdentityDraft> user = text.flatMap(this::find);
    if (text.isPresent() && user.isEmpty()) {
      name.problem(
          rootNames.contains(text.get())
              ? "a root user has neither groups nor service accounts"
              : "there is no such identity");
    }
    return user;
  }

  RootSection roots() {
    return roots;
  }

  List<IdentityDraft> users() {
    return byName.values().stream().filter(draft -> !draft.name().equals(ANONYMOUS)).toList();
  }

  /** Reads {@code groups}: their policies go to their members. */
  static final class GroupSection {
    private final IdentitySection identities;
    private final PolicySection policies;
    private final Set<String> seen = new HashSet<>();

    GroupSection(IdentitySection identities, PolicySection policies) {
      this.identities = identities;
      this.policies = policies;
    }

    void read(Fields group) {
      try (group) {
        Optional<Element> name = group.require("name");
        Optional<String> text = name.flatMap(Element::text);
        if (text.isPresent() && !seen.add(text.get())) {
          name.get().problem("group " + text.get() + " is defined twice");
        }
        boolean enabled = !group.flag("disabled", false);
        List<ManagedPolicy> attached = policies.named(group.list("policyNames"));
        for (Element member : group.list("members")) {
          identities.require(member).filter(i -> enabled).ifPresent(i -> i.attach(attached));
        }
      }
    }
  }
}
