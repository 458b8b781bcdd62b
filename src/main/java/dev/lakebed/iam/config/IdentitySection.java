package dev.lakebed.iam.config;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code identities}, and {@code groups} and {@code serviceAccounts}, which add to them. The
 * identity called {@code anonymous} is the caller without credentials.
 */
final class IdentitySection {
  private static final String ANONYMOUS = "anonymous";
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final List<String> POINTLESS_FOR_ROOT =
      List.of("actions", "policyNames", "tags", "serviceAccountIds");

  private final Findings findings;
  private final PolicySection policies;
  private final CredentialReader credentials;
  private final Map<String, IdentityDraft> byName = new LinkedHashMap<>();
  private final Map<String, RootUser> roots = new LinkedHashMap<>();
  private final Map<String, String> rootPlaces = new LinkedHashMap<>();
  private final List<OwnedKey> rootKeys = new ArrayList<>();
  private final Set<String> rootNames = new HashSet<>();
  private final Set<String> groups = new HashSet<>();

  IdentitySection(Findings findings, PolicySection policies) {
    this.findings = findings;
    this.policies = policies;
    this.credentials = new CredentialReader(findings);
  }

  /** An identity while groups and service accounts may still add to it. */
  private record IdentityDraft(
      String account,
      String name,
      boolean enabled,
      Map<String, String> tags,
      List<Policy> policies,
      List<AccessKey> keys) {
    void attach(List<ManagedPolicy> managed) {
      managed.forEach(policy -> policies.add(policy.identity()));
    }

    User user() {
      return new User(account, name, enabled, tags, policies);
    }

    Stream<OwnedKey> owned() {
      User owner = user();
      return keys.stream().map(key -> new OwnedKey(key, owner));
    }
  }

  void identity(Fields identity) {
    try (identity) {
      identity.accept("isStatic");
      Optional<Element> element = identity.require("name");
      String name = element.flatMap(n -> n.name(NAME, "a user")).orElse("");
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

  /**
   * An identity with {@code "root": true}, an addition of this server: the root user of its
   * account. It needs no policies and cannot be limited by any.
   */
  private void root(Fields identity, String name) {
    if (name.equals(ANONYMOUS)) {
      identity.element().problem("the identity anonymous cannot be a root user");
    }
    if (!name.isEmpty()) {
      rootNames.add(name);
    }
    String account = account(identity);
    for (String field : POINTLESS_FOR_ROOT) {
      String problem = "a root user may do everything in its account and has no " + field;
      identity.find(field).ifPresent(value -> value.problem(problem));
    }
    RootUser root = new RootUser(account, !identity.flag("disabled", false));
    String other = rootPlaces.putIfAbsent(account, identity.element().path());
    if (other != null) {
      identity.element().problem("account " + account + " already has a root user at " + other);
    }
    roots.putIfAbsent(account, root);
    credentials.all(identity).forEach(key -> rootKeys.add(new OwnedKey(key, root)));
  }

  private void user(Fields identity, String name) {
    identity.accept("serviceAccountIds");
    IdentityDraft draft =
        new IdentityDraft(
            account(identity),
            name,
            !identity.flag("disabled", false),
            tags(identity.objects("tags")),
            new ArrayList<>(),
            new ArrayList<>());
    Optional<Policy> actions = actions(identity, name, Policy.Kind.IDENTITY);
    actions.ifPresent(draft.policies()::add);
    if (name.equals(ANONYMOUS) && actions.isPresent()) {
      findings.warn(identity.element(), "requests without credentials are given rights");
    }
    draft.attach(policies.named(identity.list("policyNames")));
    draft.keys().addAll(credentials.all(identity));
    if (name.equals(ANONYMOUS) && !draft.keys().isEmpty()) {
      identity.element().problem("the identity anonymous cannot have credentials");
    }
    if (!name.isEmpty()) {
      byName.putIfAbsent(name, draft);
    }
  }

  private String account(Fields identity) {
    Optional<Fields> account = identity.object("account");
    return account.map(a -> StsSection.account(a, findings)).orElse(findings.account());
  }

  private static Map<String, String> tags(List<Fields> tags) {
    Map<String, String> byKey = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Fields tag : tags) {
      try (tag) {
        Optional<String> key = tag.requireText("key");
        String value = tag.text("value").orElse("");
        if (key.isPresent() && !seen.add(TagKeys.fold(key.get()))) {
          tag.element().problem("tag " + key.get() + " is given twice; case does not count");
        }
        key.ifPresent(known -> byKey.put(known, value));
      }
    }
    return byKey;
  }

  /** The policy that the legacy actions stand for, if there are any. */
  private Optional<Policy> actions(Fields holder, String name, Policy.Kind kind) {
    Optional<Policy> policy = LegacyPolicy.read(holder.list("actions"), "actions of " + name, kind);
    policy.ifPresent(known -> findings.warn(holder.element(), known));
    return policy;
  }

  /** The user that another section names; reports when there is none. */
  private Optional<IdentityDraft> require(Element name) {
    Optional<String> text = name.text();
    Optional<IdentityDraft> user = text.map(byName::get);
    if (text.isPresent() && user.isEmpty()) {
      name.problem(
          rootNames.contains(text.get())
              ? "a root user has neither groups nor service accounts"
              : "there is no such identity");
    }
    return user;
  }

  /** The policies of a group go to its members. */
  void group(Fields group) {
    try (group) {
      Optional<Element> name = group.require("name");
      Optional<String> text = name.flatMap(Element::text);
      if (text.isPresent() && !groups.add(text.get())) {
        name.get().problem("group " + text.get() + " is defined twice");
      }
      boolean enabled = !group.flag("disabled", false);
      List<ManagedPolicy> attached = policies.named(group.list("policyNames"));
      for (Element member : group.list("members")) {
        require(member).filter(i -> enabled).ifPresent(i -> i.attach(attached));
      }
    }
  }

  /** A key that acts as its user, within {@code actions} if given. */
  void serviceAccount(Fields account) {
    try (account) {
      account.accept("description", "createdAt", "createdBy");
      String id = account.requireText("id").orElse("");
      Optional<IdentityDraft> owner = account.require("parentUser").flatMap(this::require);
      boolean disabled = account.flag("disabled", false);
      Optional<Instant> expiresAt =
          account
              .find("expiration")
              .flatMap(Element::number)
              .filter(seconds -> seconds != 0)
              .map(Instant::ofEpochSecond);
      Optional<Policy> restriction = actions(account, "service account " + id, Policy.Kind.SESSION);
      account
          .require("credential")
          .flatMap(Element::fields)
          .flatMap(fields -> credentials.read(fields, expiresAt, restriction))
          .filter(key -> !disabled)
          .ifPresent(key -> owner.ifPresent(user -> user.keys().add(key)));
    }
  }

  Optional<User> anonymous() {
    return Optional.ofNullable(byName.get(ANONYMOUS)).map(IdentityDraft::user);
  }

  List<User> users() {
    return drafts().map(IdentityDraft::user).toList();
  }

  List<RootUser> roots() {
    return List.copyOf(roots.values());
  }

  List<OwnedKey> keys() {
    return Stream.concat(drafts().flatMap(IdentityDraft::owned), rootKeys.stream()).toList();
  }

  private Stream<IdentityDraft> drafts() {
    return byName.values().stream().filter(draft -> !draft.name().equals(ANONYMOUS));
  }
}
