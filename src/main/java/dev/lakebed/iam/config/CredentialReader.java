package dev.lakebed.iam.config;

import dev.lakebed.iam.config.Findings.Variables;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads access keys and keeps them unique over the whole configuration. */
final class CredentialReader {
  private static final Pattern ID = Pattern.compile("[!-~&&[^/,]]{1,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");

  private final Findings findings;
  private final Map<String, String> pathById = new HashMap<>();

  CredentialReader(Findings findings) {
    this.findings = findings;
  }

  /** The key, unless something is wrong with it or its environment variable is not set. */
  Optional<AccessKey> read(
      Fields credential, Optional<Instant> expiresAt, Optional<Policy> restriction) {
    try (credential) {
      Optional<String> id = credential.require("accessKey").flatMap(this::expand);
      Optional<String> secret = credential.require("secretKey").flatMap(this::expand);
      boolean active = credential.find("status").flatMap(CredentialReader::status).orElse(true);
      if (id.isEmpty() || secret.isEmpty() || !isAcceptable(credential, id.get(), secret.get())) {
        return Optional.empty();
      }
      Secret hidden = new Secret(secret.get());
      WeakKey.check(id.get(), hidden).ifPresent(findings::weak);
      return Optional.of(new AccessKey(id.get(), hidden, active, expiresAt, restriction));
    }
  }

  private boolean isAcceptable(Fields credential, String id, String secret) {
    Element place = credential.element();
    if (!ID.matcher(id).matches()) {
      place.problem("accessKey must be 1 to 128 visible characters without / and comma");
      return false;
    }
    if (id.startsWith("ASIA")) {
      place.problem("accessKey must not begin with ASIA, which marks temporary keys");
      return false;
    }
    if (!SECRET.matcher(secret).matches()) {
      place.problem("secretKey must be 1 to 256 visible characters");
      return false;
    }
    String other = pathById.putIfAbsent(id, place.path());
    if (other != null) {
      place.problem("access key " + id + " is already used at " + other);
      return false;
    }
    return true;
  }

  private static Optional<Boolean> status(Element status) {
    return switch (status.text().orElse("Active")) {
      case "Active" -> Optional.of(true);
      case "Inactive" -> Optional.of(false);
      default -> {
        status.problem("must be Active or Inactive");
        yield Optional.empty();
      }
    };
  }

  /** SeaweedFS drops a key whose environment variable is not set. */
  private Optional<String> expand(Element element) {
    return element.text().flatMap(text -> Variables.expand(text, element, findings));
  }

  /**
   * Reads {@code serviceAccounts}: keys that act as their user, within {@code actions} if given.
   */
  record ServiceAccountSection(IdentitySection identities, CredentialReader credentials) {
    void read(Fields account) {
      try (account) {
        account.accept("description", "createdAt", "createdBy");
        String id = account.require("id").flatMap(Element::text).orElse("");
        Optional<IdentityDraft> owner = account.require("parentUser").flatMap(identities::require);
        boolean disabled = account.flag("disabled", false);
        Optional<Instant> expiresAt =
            account
                .find("expiration")
                .flatMap(Element::number)
                .filter(seconds -> seconds != 0)
                .map(Instant::ofEpochSecond);
        Optional<Policy> restriction =
            identities.actions(account, "service account " + id, Policy.Kind.SESSION);
        Optional<Fields> credential = account.require("credential").flatMap(Element::fields);
        credential
            .flatMap(fields -> credentials.read(fields, expiresAt, restriction))
            .filter(key -> !disabled)
            .ifPresent(key -> owner.ifPresent(user -> user.keys().add(key)));
      }
    }
  }

  /**
   * Reads identities with {@code "root": true}, an addition of this server: the root users of their
   * accounts. They need no policies and cannot be limited by any.
   */
  static final class RootSection {
    private static final List<String> POINTLESS =
        List.of("actions", "policyNames", "tags", "serviceAccountIds");

    private final CredentialReader credentials;
    private final Map<String, RootUser> byAccount = new LinkedHashMap<>();
    private final Map<String, String> pathByAccount = new LinkedHashMap<>();
    private final List<OwnedKey> keys = new ArrayList<>();

    RootSection(CredentialReader credentials) {
      this.credentials = credentials;
    }

    void read(Fields identity, String account) {
      for (String field : POINTLESS) {
        identity
            .find(field)
            .ifPresent(
                value ->
                    value.problem(
                        "a root user may do everything in its account and has no " + field));
      }
      RootUser root = new RootUser(account, !identity.flag("disabled", false));
      String other = pathByAccount.putIfAbsent(account, identity.element().path());
      if (other != null) {
        identity.element().problem("account " + account + " already has a root user at " + other);
      }
      byAccount.putIfAbsent(account, root);
      for (Fields credential : identity.objects("credentials")) {
        credentials
            .read(credential, Optional.empty(), Optional.empty())
            .ifPresent(key -> keys.add(new OwnedKey(key, root)));
      }
    }

    List<RootUser> users() {
      return List.copyOf(byAccount.values());
    }

    List<OwnedKey> keys() {
      return keys;
    }
  }
}
