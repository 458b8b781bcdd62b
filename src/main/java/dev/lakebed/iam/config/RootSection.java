package dev.lakebed.iam.config;

import dev.lakebed.iam.model.OwnedKey;
import dev.lakebed.iam.model.RootUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads identities with {@code "root": true}, an addition of this server: the root users of their
 * accounts. They need no policies and cannot be limited by any.
 */
final class RootSection {
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
