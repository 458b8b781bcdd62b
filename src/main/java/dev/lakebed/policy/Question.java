package dev.lakebed.policy;

import java.util.List;

/**
 * One permission asked for.
 *
 * @param action for example {@code s3:GetObject}
 * @param resource full ARN. Where an action has no resource, an ARN that ends in {@code *}, for
 *     example {@code arn:aws:s3:::*}, so that policies that name the service match
 * @param resourceAccount account that owns the resource
 * @param subject who asks
 * @param grants policies of who asks
 * @param resourcePolicies policies of the resource
 * @param keys condition keys of the request
 */
public record Question(
    String action,
    String resource,
    String resourceAccount,
    Subject subject,
    Grants grants,
    List<Policy> resourcePolicies,
    Keys keys) {
  /** Copies the list. */
  public Question {
    resourcePolicies = List.copyOf(resourcePolicies);
  }
}
