package dev.lakebed.iam.config;

import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code identities}. The one called {@code anonymous} is the caller without credentials. */
final class IdentitySection {
  static final String ANONYMOUS = "anonymous";

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  private final Findings findings;
  private final PolicySection policies;
  private final CredentialReader credentials;
  private final Map<String, IdentityDraft> byName = new LinkedHashMap<>();

  IdentitySection(Findings findings, PolicySection policies, CredentialReader credentials) {
    this.findings = findings;
    this.policies = policies;
    this.credentials = credentials;
  }

  void read(Fields identity) {
    try (identity) {
      identity.accept("serviceAccountIds", "isStatic");
      Optional<Element> name = identity.require("name");
      IdentityDraft draft =
          new IdentityDraft(
              account(identity),
              name.flatMap(n -> n.text(NAME, "a user name: [\\w+=,.@-]{1,64}")).orElse(""),
              !identity.flag("disabled", false),
              Tags.read(identity.objects("tags")));
      actions(identity, draft.name()).ifPresent(policy -> warnIfOpen(identity, draft, policy));
      draft.attach(policies.named(identity.list("policyNames")));
      for (Fields credential : identity.objects("credentials")) {
        credentials.read(credential, Optional.empty(), Optional.empty()).ifPresent(draft::key);
      }
      if (draft.name().equals(ANONYMOUS) && draft.keys().findAny().isPresent()) {
        identity.element().problem("the identity anonymous cannot have credentials");
      }
      if (!draft.name().isEmpty() && byName.putIfAbsent(draft.name(), draft) != null) {
        name.get().problem("identity " + draft.name() + " is defined twice");
      }
    }
  }

  private void warnIfOpen(Fields identity, IdentityDraft draft, Policy policy) {
    draft.policy(policy);
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
    findings.unknownActions(holder.element(), policy);
    return Optional.of(policy);
  }

  private Optional<Policy> actions(Fields identity, String name) {
    return actions(identity, name, Policy.Kind.IDENTITY);
  }

  Optional<IdentityDraft> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<IdentityDraft> users() {
    return byName.values().stream().filter(draft -> !draft.name().equals(ANONYMOUS)).toList();
  }
}
