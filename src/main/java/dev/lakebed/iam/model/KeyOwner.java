package dev.lakebed.iam.model;

import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who can have long-term access keys. */
public sealed interface KeyOwner permits User, RootUser {
  /** Twelve-digit account. */
  String account();

  /** The ARN of the user or of the account's root. */
  String arn();

  /** The unique id; of a root user the account. */
  String id();

  /** Whether any of its keys and sessions work. */
  boolean enabled();

  /** Principal tags. */
  Map<String, String> tags();

  /** {@code aws:username}, which a root user does not have. */
  Optional<String> userName();

  /**
   * What a session or a restricted key may do.
   *
   * @param session session policies; empty when it is not narrowed
   */
  Grants grants(List<Policy> session);

  /**
   * Who signs with a long-term key.
   *
   * @param session what the key is narrowed to; empty when it is not
   */
  Principal principal(List<Policy> session);
}
