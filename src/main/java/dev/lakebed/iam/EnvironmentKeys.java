package dev.lakebed.iam;

import dev.lakebed.iam.IdentityLoader.Administrator;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.User;
import dev.lakebed.iam.session.SessionTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Administrator keys from the environment: {@code LAKEBED_ACCESS_KEY} and {@code
 * LAKEBED_SECRET_KEY}, or AWS's names as SeaweedFS reads them. They never take over a key or a user
 * that a file defines.
 */
final class EnvironmentKeys {
  private static final int NAME_DIGITS = 8;

  private final Map<String, String> environment;
  private final List<String> warnings;
  private final List<WeakKey> weakKeys;
  private final List<String> administrators = new ArrayList<>();

  EnvironmentKeys(Map<String, String> environment, List<String> warnings, List<WeakKey> weakKeys) {
    this.environment = environment;
    this.warnings = warnings;
    this.weakKeys = weakKeys;
  }

  IamSnapshot addTo(IamSnapshot snapshot) {
    return add(
        add(snapshot, "LAKEBED_ACCESS_KEY", "LAKEBED_SECRET_KEY"),
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY");
  }

  /** What {@link #addTo} found, a sentence for each key. */
  List<String> administrators() {
    return administrators;
  }

  private IamSnapshot add(IamSnapshot snapshot, String idVariable, String secretVariable) {
    String id = environment.getOrDefault(idVariable, "");
    String secret = environment.getOrDefault(secretVariable, "");
    if (id.isEmpty() && secret.isEmpty()) {
      return snapshot;
    }
    User user = Administrator.named("admin-" + id.substring(0, Math.min(NAME_DIGITS, id.length())));
    Optional<String> obstacle = obstacle(snapshot, id, secret, user);
    if (obstacle.isPresent()) {
      warnings.add(idVariable + " is ignored: " + obstacle.get());
      return snapshot;
    }
    Secret hidden = new Secret(secret);
    WeakKey.check(id, hidden).ifPresent(weakKeys::add);
    administrators.add(
        "%s is set: the access key %s may do everything, as user %s"
            .formatted(idVariable, id, user.name()));
    return snapshot.with(user, new AccessKey(id, hidden, true, Optional.empty(), Optional.empty()));
  }

  private static Optional<String> obstacle(
      IamSnapshot snapshot, String id, String secret, User user) {
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.of("id and secret must both be set");
    }
    if (!id.matches("[!-~&&[^/,]]{1,128}")) {
      return Optional.of("it is not the form of an access key id");
    }
    if (SessionTokens.isTemporary(id)) {
      return Optional.of("it is a temporary key of another service");
    }
    if (snapshot.key(id).isPresent()) {
      return Optional.of("the configuration maps this key to a user already");
    }
    return snapshot.user(user.arn()).isPresent()
        ? Optional.of("the configuration defines the user " + user.name())
        : Optional.empty();
  }
}
