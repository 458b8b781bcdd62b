package dev.lakebed.sts;

import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryRequest;
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
    Narrowing narrowing,
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
        Constraint.SESSION_NAME.check(
            request.text("RoleSessionName").orElseThrow(Constraint.SESSION_NAME::missing)),
        Narrowing.read(request),
        SessionLength.read(request),
        SessionTags.read(request),
        request.text("ExternalId").map(Constraint.EXTERNAL_ID::check),
        request.text("SourceIdentity").map(AssumeRoleRequest::sourceIdentity));
  }

  /** The same for somebody else's role and tags, as an identity provider gives them. */
  AssumeRoleRequest with(RoleArn mapped, SessionTags given, Optional<String> identity) {
    return new AssumeRoleRequest(
        Optional.of(mapped), sessionName, narrowing, durationSeconds, given, externalId, identity);
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
}
