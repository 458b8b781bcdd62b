package dev.lakebed.sts;

import dev.lakebed.auth.RequestTags;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;

/**
 * Condition keys of AssumeRole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">AWS,
 *     IAM and STS condition keys</a>
 */
record RequestedKeys(AssumeRoleRequest request, Optional<String> sourceIdentity) implements Keys {
  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "sts:externalid" -> one(request.externalId());
      case "sts:rolesessionname" -> List.of(request.sessionName());
      case "sts:sourceidentity" -> one(sourceIdentity);
      case "sts:durationseconds" ->
          request.durationSeconds().isPresent()
              ? List.of(String.valueOf(request.durationSeconds().getAsInt()))
              : List.of();
      case "sts:transitivetagkeys" -> List.copyOf(request.tags().transitive());
      default -> RequestTags.of(request.tags().values()).values(key);
    };
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }
}
