package dev.lakebed.auth;

import dev.lakebed.http.LogText;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.UnknownAction;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Warns of policies that say other than their authors believe: those that name actions which nobody
 * knows, roles that are open to everybody, and grants to everybody, which session policies do not
 * narrow. As on AWS such a policy is accepted, so only a warning can tell.
 */
public final class PolicyWarnings {
  private static final System.Logger LOG = System.getLogger("dev.lakebed.policies");
  private static final String OPEN =
      "anybody with credentials for this server may assume this role: Principal \"*\" without"
          + " Condition; name the users or demand sts:ExternalId";

  /** As on AWS: "Session policies", "resource-based policy that specifies the session ARN". */
  private static final String LIFTS =
      "an Allow with Principal \"*\" also holds for sessions whose session policy does not allow"
          + " it; name accounts or roles to keep session policies in force";

  private PolicyWarnings() {}

  /** One sentence for each thing to be warned of. */
  public static List<String> of(Policy policy) {
    List<String> warnings = new ArrayList<>();
    policy.unknownActions().stream().map(UnknownAction::toString).forEach(warnings::add);
    if (policy.trustsEverybody()) {
      warnings.add(OPEN);
    }
    if (policy.liftsSessionPolicies()) {
      warnings.add("policy " + policy.name() + ": " + LIFTS);
    }
    return List.copyOf(warnings);
  }

  /** Logs them, a line each; {@code holder} is what the policy belongs to, such as an ARN. */
  public static void log(Policy policy, String holder) {
    of(policy).stream()
        .map(warning -> LogText.of("accepted for " + holder + ": " + warning))
        .forEach(line -> LOG.log(Level.WARNING, line));
  }
}
