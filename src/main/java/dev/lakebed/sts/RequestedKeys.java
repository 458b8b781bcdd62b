package dev.lakebed.sts;

import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Condition keys of AssumeRole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">AWS,
 *     IAM and STS condition keys</a>
 */
record RequestedKeys(AssumeRoleRequest request, Optional<String> sourceIdentity) implements Keys {
  private static final String TAG = "aws:requesttag/";

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
      case "aws:tagkeys" -> List.copyOf(request.tags().values().keySet());
      default -> key.startsWith(TAG) ? tag(key.substring(TAG.length())) : List.of();
    };
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }

  private List<String> tag(String lowerCaseKey) {
    return request.tags().values().entrySet().stream()
        .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseKey))
        .map(Map.Entry::getValue)
        .toList();
  }
}
