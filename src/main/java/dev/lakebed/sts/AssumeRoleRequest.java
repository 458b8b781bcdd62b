package dev.lakebed.sts;

import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Keys;
import dev.lakebed.sts.Constraint.Unsupported;
import dev.lakebed.sts.SessionTags.SessionLength;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The parameters of AssumeRole.
 *
 * @param role absent: a session of the caller itself
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS,
 *     AssumeRole</a>
 */
record AssumeRoleRequest(
    Optional<RoleArn> role,
    String sessionName,
    RequestedPolicies policies,
    OptionalInt durationSeconds,
    SessionTags tags,
    Optional<String> externalId,
    Optional<String> sourceIdentity) {
  private static final Set<String> PARAMETERS =
      Set.of(
          "RoleArn",
          "RoleSessionName",
          "Policy",
          "PolicyArns",
          "DurationSeconds",
          "Tags",
          "TransitiveTagKeys",
          "ExternalId",
          "SourceIdentity",
          "SerialNumber",
          "TokenCode",
          "ProvidedContexts");

  static AssumeRoleRequest read(QueryRequest request, String defaultAccount) {
    request.allowOnly(PARAMETERS);
    Unsupported.refuse(request, "SerialNumber", "TokenCode", "ProvidedContexts");
    return new AssumeRoleRequest(
        request.text("RoleArn").map(arn -> role(arn, defaultAccount)),
        Constraint.SESSION_NAME.require(request, "RoleSessionName"),
        RequestedPolicies.read(request),
        SessionLength.read(request),
        SessionTags.read(request),
        request.text("ExternalId").map(Constraint.EXTERNAL_ID::check),
        request.text("SourceIdentity").map(AssumeRoleRequest::sourceIdentity));
  }

  /** The same for somebody else's role and tags, as an identity provider gives them. */
  AssumeRoleRequest with(RoleArn mapped, SessionTags given, Optional<String> identity) {
    return new AssumeRoleRequest(
        Optional.of(mapped), sessionName, policies, durationSeconds, given, externalId, identity);
  }

  static RoleArn role(String text, String defaultAccount) {
    return RoleArn.parse(Constraint.ROLE_ARN.check(text), defaultAccount)
        .orElseThrow(
            () ->
                new QueryException(
                    QueryError.VALIDATION_ERROR,
                    "RoleArn must have the form arn:aws:iam::<account>:role/<name>"));
  }

  static String sourceIdentity(String text) {
    if (text.startsWith("aws:")) {
      throw Constraint.violated("sourceIdentity", "Member must not begin with aws:");
    }
    return Constraint.SOURCE_IDENTITY.check(text);
  }

  /** Reads what the requests of all identity providers have in common. */
  static final class FederatedRequest {
    /** SeaweedFS: the role comes from the claims. */
    private static final String BY_CLAIM = "arn:aws:iam:::role/sts-claim-based";

    private FederatedRequest() {}

    static AssumeRoleRequest read(QueryRequest query, String defaultAccount) {
      return read(query, defaultAccount, Constraint.SESSION_NAME.require(query, "RoleSessionName"));
    }

    static AssumeRoleRequest read(QueryRequest query, String defaultAccount, String sessionName) {
      return new AssumeRoleRequest(
          query
              .text("RoleArn")
              .filter(arn -> !arn.equals(BY_CLAIM))
              .map(arn -> AssumeRoleRequest.role(arn, defaultAccount)),
          sessionName,
          RequestedPolicies.read(query),
          SessionLength.read(query),
          SessionTags.NONE,
          Optional.empty(),
          Optional.empty());
    }
  }

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
        case "sts:externalid" -> request.externalId().stream().toList();
        case "sts:rolesessionname" -> List.of(request.sessionName());
        case "sts:sourceidentity" -> sourceIdentity.stream().toList();
        case "sts:durationseconds" ->
            request.durationSeconds().isPresent()
                ? List.of(String.valueOf(request.durationSeconds().getAsInt()))
                : List.of();
        case "sts:transitivetagkeys" -> List.copyOf(request.tags().transitive());
        default -> RequestTags.of(request.tags().values()).values(key);
      };
    }
  }
}
