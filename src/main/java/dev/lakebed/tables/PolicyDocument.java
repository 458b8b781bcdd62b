package dev.lakebed.tables;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.http.Response;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesException;
import java.nio.charset.StandardCharsets;

/**
 * The policy documents of S3 Tables. They may not be public, and only callers of the owning account
 * manage them (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html">AWS,
 * Resource-based policies for S3 Tables</a>).
 */
record PolicyDocument(PrincipalBinding principals) {
  private static final String MEMBER = "resourcePolicy";
  private static final int MAX_POLICY = 20 * 1024;
  private static final Decision.Prevented FOREIGN =
      new Decision.Prevented(
          "OwnerManagesPolicies", "because only the owning account manages resource policies");

  /**
   * The document of a request.
   *
   * @param name for reasons and logs
   * @param arn what it is for: resources are this ARN or lie below it
   */
  StoredPolicy read(JsonMembers body, String name, ResourceActions actions, String arn) {
    String document = body.text(MEMBER);
    if (document.isEmpty() || document.getBytes(StandardCharsets.UTF_8).length > MAX_POLICY) {
      throw TablesError.BAD_REQUEST.because(
          MEMBER + " must have between 1 and " + MAX_POLICY + " bytes.");
    }
    try {
      StoredPolicy policy = StoredPolicy.parse(name, document);
      for (String resource : policy.policy().resources()) {
        if (!resource.equals(arn) && !resource.startsWith(arn + '/')) {
          throw TablesError.BAD_REQUEST.because("The policy has an invalid resource: " + resource);
        }
      }
      actions.check(policy.policy(), arn);
      if (policy.policy().isPublic()) {
        throw TablesError.BAD_REQUEST.because(
            "The policy is public, which S3 Tables do not allow.");
      }
      return StoredPolicy.parse(name, principals.bind(policy.document()));
    } catch (MalformedPolicyException malformed) {
      throw TablesError.BAD_REQUEST.because("The policy is malformed: " + malformed.getMessage());
    } catch (UnknownPrincipalException unknown) {
      throw TablesError.BAD_REQUEST.because(String.valueOf(unknown.getMessage()));
    }
  }

  Response show(StoredPolicy policy) {
    return JsonAnswer.ok(JsonAnswer.object().add(MEMBER, principals.show(policy.document())));
  }

  /** The permission to manage a policy, which nobody outside the owning account can have. */
  static Permission managing(Permission permission) {
    return new Permission(
        permission.action(), permission.resource().closed(FOREIGN), permission.keys());
  }

  static TablesException missing() {
    return TablesError.NOT_FOUND.because("The specified resource has no policy.");
  }
}
