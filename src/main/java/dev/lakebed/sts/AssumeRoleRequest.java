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
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS</a>
 */
record AssumeRoleRequest(
    Optional<RoleArn> role,
    String sessionName,
    RequestedPolicies policies,
    Optional<Integer> durationSeconds,
    SessionTags tags,
    Optional<String> externalId,
    Optional<String> sourceIdentity) {
  /** SeaweedFS: the role comes from the claims. */
  private static final String BY_CLAIM = "arn:aws:iam:::role/sts-claim-based";

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
  static AssumeRoleRequest federated(
      QueryRequest query, String defaultAccount, String sessionName) {
    return new AssumeRoleRequest(
        query
            .text("RoleArn")
            .filter(arn -> !arn.equals(BY_CLAIM))
            .map(arn -> role(arn, defaultAccount)),
        sessionName,
        RequestedPolicies.read(query),
        StsParameter.DURATION.find(query),
        SessionTags.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Condition keys, with the source identity that the session will have.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">AWS</a>
   */
  Keys keys(Optional<String> identity) {
    return key ->
        switch (key) {
          case "sts:externalid" -> externalId.stream().toList();
          case "sts:rolesessionname" -> List.of(sessionName);
          case "sts:sourceidentity" -> identity.stream().toList();
          case "sts:durationseconds" -> durationSeconds.map(String::valueOf).stream().toList();
          case "sts:transitivetagkeys" -> List.copyOf(tags.transitive());
          default -> RequestTags.of(tags.values()).values(key);
        };
  }
}
