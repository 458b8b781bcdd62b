package dev.lakebed.auth;

import dev.lakebed.policy.Policy;
import dev.lakebed.policy.UnknownAction;
import dev.lakebed.wire.LogText;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warns of policies that say other than their authors believe: those that name actions which nobody
 * knows, and roles that are open to everybody. As on AWS such a policy is accepted, so only a
 * warning can tell.
 */
public final class PolicyWarnings {
  private static final System.Logger LOG = System.getLogger("dev.lakebed.policies");
  private static final String OPEN =
      "anybody with credentials for this server may assume this role: Principal \"*\" without"
          + " Condition; name the users or demand sts:ExternalId";

  private PolicyWarnings() {}

  /** One sentence for each thing to be warned of. */
  public static List<String> of(Policy policy) {
    return Stream.concat(
            policy.unknownActions().stream().map(UnknownAction::toString),
            policy.trustsEverybody() ? Stream.of(OPEN) : Stream.of())
        .toList();
  }

  /**
   * Logs them, a line each.
   *
   * @param holder what the policy belongs to, for example an ARN
   */
  public static void log(Policy policy, String holder) {
    of(policy).stream()
        .map(warning -> LogText.of("accepted for " + holder + ": " + warning))
        .forEach(line -> LOG.log(Level.WARNING, line));
  }
}
