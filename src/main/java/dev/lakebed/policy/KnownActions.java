package dev.lakebed.policy;

import dev.lakebed.policy.MatchStyle.TextMatcher;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The actions that policies can sensibly name: those of the services that are built here, exactly,
 * and whatever the other services of AWS call theirs.
 */
public final class KnownActions {
  private static final Set<String> ALL =
      Map.of(
              "s3", ActionNames.S3,
              "s3tables", ActionNames.S3_TABLES,
              "sts", ActionNames.STS,
              "iam", union(ActionNames.IAM, ActionNames.IAM_PERMISSIONS))
          .entrySet()
          .stream()
          .flatMap(service -> service.getValue().stream().map(n -> service.getKey() + ":" + n))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> FOLDED =
      ALL.stream().map(ActionSet::fold).collect(Collectors.toUnmodifiableSet());

  private KnownActions() {}

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a value of an Action element, wildcards included, matches a known action. */
  public static boolean matches(String action) {
    if (FOLDED.contains(ActionSet.fold(action))) {
      return true;
    }
    TextMatcher service = ServiceName.of(action);
    if (ForeignServices.PREFIXES.stream().anyMatch(service::matches)) {
      return true;
    }
    TextMatcher glob = ServiceName.glob(action);
    return FOLDED.stream().anyMatch(glob::matches);
  }

  /** The operations of the IAM API. */
  public static Set<String> iamOperations() {
    return ActionNames.IAM;
  }

  /** All actions of the services that are built here, as {@code service:Name}. */
  static Set<String> all() {
    return ALL;
  }
}
