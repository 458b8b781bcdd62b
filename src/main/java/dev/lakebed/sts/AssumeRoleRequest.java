package dev.lakebed.sts;

import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;
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
    Optional<Integer> durationSeconds,
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
    StsParameter.refuse(request, "SerialNumber", "TokenCode", "ProvidedContexts");
    return new AssumeRoleRequest(
        request.text("RoleArn").map(arn -> role(arn, defaultAccount)),
        StsParameter.SESSION_NAME.require(request),
        RequestedPolicies.read(request),
        StsParameter.DURATION.find(request),
        SessionTags.read(request),
        StsParameter.EXTERNAL_ID.find(request),
        request.text("SourceIdentity").map(AssumeRoleRequest::sourceIdentity));
  }

  /** The same for somebody else's role and tags, as an identity provider gives them. */
  AssumeRoleRequest with(RoleArn mapped, SessionTags given, Optional<String> identity) {
    return new AssumeRoleRequest(
        Optional.of(mapped), sessionName, policies, durationSeconds, given, externalId, identity);
  }

  static RoleArn role(String text, String defaultAccount) {
    return RoleArn.parse(StsParameter.ROLE_ARN.parse(text), defaultAccount)
        .orElseThrow(
            () ->
                QueryError.VALIDATION_ERROR.because(
                    "RoleArn must have the form arn:aws:iam::<account>:role/<name>"));
  }

  static String sourceIdentity(String text) {
    if (text.startsWith("aws:")) {
      throw Parameter.violated("sourceIdentity", "Member must not begin with aws:");
    }
    return StsParameter.SOURCE_IDENTITY.parse(text);
  }

  /** Reads what the requests of all identity providers have in common. */
  static final class FederatedRequest {
    /** SeaweedFS: the role comes from the claims. */
    private static final String BY_CLAIM = "arn:aws:iam:::role/sts-claim-based";

    private FederatedRequest() {}

    static AssumeRoleRequest read(QueryRequest query, String defaultAccount) {
      return read(query, defaultAccount, StsParameter.SESSION_NAME.require(query));
    }

    static AssumeRoleRequest read(QueryRequest query, String defaultAccount, String sessionName) {
      return new AssumeRoleRequest(
          query
              .text("RoleArn")
              .filter(arn -> !arn.equals(BY_CLAIM))
              .map(arn -> AssumeRoleRequest.role(arn, defaultAccount)),
          sessionName,
          RequestedPolicies.read(query),
          StsParameter.DURATION.find(query),
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
            request.durationSeconds().map(String::valueOf).stream().toList();
        case "sts:transitivetagkeys" -> List.copyOf(request.tags().transitive());
        default -> RequestTags.of(request.tags().values()).values(key);
      };
    }
  }
}
