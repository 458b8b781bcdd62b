package dev.lakebed.auth;

import dev.lakebed.policy.Policy;
import dev.lakebed.wire.LogText;
import java.lang.System.Logger.Level;

/**
 * Warns of policies that name actions which nobody knows. As on AWS such a policy is accepted; it
 * matches less than its author believes, which only a warning can tell.
 */
public final class UnknownActions {
  private static final System.Logger LOG = System.getLogger("dev.lakebed.policies");

  private UnknownActions() {}

  /**
   * Logs one line for each unknown action.
   *
   * @param holder what the policy belongs to, for example an ARN
   */
  public static void warn(Policy policy, String holder) {
    policy.unknownActions().stream()
        .map(unknown -> "accepted for " + holder + ": " + unknown)
        .map(LogText::of)
        .forEach(line -> LOG.log(Level.WARNING, line));
  }
}
