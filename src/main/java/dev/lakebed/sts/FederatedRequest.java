package dev.lakebed.sts;

import dev.lakebed.operation.query.QueryRequest;
import java.util.Optional;

/** Reads what the requests of all identity providers have in common. */
final class FederatedRequest {
  /** SeaweedFS: the role comes from the claims. */
  private static final String BY_CLAIM = "arn:aws:iam:::role/sts-claim-based";

  private FederatedRequest() {}

  static AssumeRoleRequest read(QueryRequest query, String defaultAccount) {
    return read(
        query,
        defaultAccount,
        Constraint.SESSION_NAME.check(
            query.text("RoleSessionName").orElseThrow(Constraint.SESSION_NAME::missing)));
  }

  static AssumeRoleRequest read(QueryRequest query, String defaultAccount, String sessionName) {
    return new AssumeRoleRequest(
        query
            .text("RoleArn")
            .filter(arn -> !arn.equals(BY_CLAIM))
            .map(arn -> AssumeRoleRequest.role(arn, defaultAccount)),
        sessionName,
        Narrowing.read(query),
        SessionLength.read(query),
        SessionTags.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
