package dev.lakebed.iam.config;

import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code serviceAccounts}: keys that act as their user, within {@code actions} if given. */
final class ServiceAccountSection {
  private final IdentitySection identities;
  private final CredentialReader credentials;

  ServiceAccountSection(IdentitySection identities, CredentialReader credentials) {
    this.identities = identities;
    this.credentials = credentials;
  }

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
          .ifPresent(key -> owner.ifPresent(user -> user.key(key)));
    }
  }
}
