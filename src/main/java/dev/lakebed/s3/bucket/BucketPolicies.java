package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.BucketAccess;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * GetBucketPolicy, GetBucketPolicyStatus, PutBucketPolicy and DeleteBucketPolicy (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html">AWS,
 * PutBucketPolicy</a>). A policy that denies its own writer to change it again must be confirmed,
 * and is refused all the same where the account has no root user, who could undo it. {@code
 * rootUsers} says whether an account has a root user.
 */
public record BucketPolicies(
    AccessRules rules, PrincipalBinding principals, Predicate<String> rootUsers) {
  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_POLICY = 20 * 1024;

  public static final String ACTION = "s3:PutBucketPolicy";

  private static final Decision BLOCKED =
      new Decision.Prevented(
          "BlockPublicPolicy",
          "because public policies are prevented by the BlockPublicPolicy setting in S3 Block"
              + " Public Access");
  private static final Decision LOCKED_OUT =
      new Decision.Prevented(
          "LockOut",
          "because the policy would deny its writer s3:PutBucketPolicy, and nobody could change it"
              + " again: the account has no root user");

  private static final String CONFIRMED = "x-amz-confirm-remove-self-bucket-access";
  private static final Decision UNCONFIRMED =
      new Decision.Prevented(
          "LockOut",
          "because the policy would deny its writer s3:PutBucketPolicy; send "
              + CONFIRMED
              + " if that is meant");
  private static final Headers JSON =
      Headers.builder().add("content-type", "application/json").build();

  /** The document as it was written, save that it names principals as of now. */
  public Response get(S3Request request, Bucket bucket, Caller caller) {
    requireOwner(bucket, caller);
    String document = principals.show(policy(bucket).document());
    return new Response(
        200, JSON, new ResponseBody.Bytes(document.getBytes(StandardCharsets.UTF_8)));
  }

  public Response status(S3Request request, Bucket bucket, Caller caller) {
    boolean open = policy(bucket).policy().isPublic();
    return XmlWriter.answer(XmlWriter.document("PolicyStatus").element("IsPublic", open));
  }

  /** A bucket without policy stays as it is. */
  public Response delete(S3Request request, Bucket bucket, Caller caller) {
    requireOwner(bucket, caller);
    rules.setPolicy(bucket, AccessRules.Face.S3, Optional.empty());
    return Response.of(204);
  }

  public Response put(S3Request request, Bucket bucket, Caller caller) throws IOException {
    requireOwner(bucket, caller);
    StoredPolicy policy = bound(read(request));
    requireOwnResources(policy, bucket);
    requireActions(policy, bucket);
    if (bucket.blocksPublicPolicy() && policy.policy().isPublic()) {
      throw caller.refusal(new S3Access(bucket, request).onBucket(ACTION), BLOCKED);
    }
    requireWayBack(request, bucket, policy, caller);
    rules.setPolicy(bucket, AccessRules.Face.S3, Optional.of(policy));
    PolicyWarnings.log(policy.policy(), S3Access.arn(bucket.name()));
    return Response.of(204);
  }

  private static StoredPolicy read(S3Request request) throws IOException {
    byte[] body = SmallBody.read(request, MAX_BODY);
    if (body.length > MAX_POLICY) {
      throw S3Error.POLICY_TOO_LARGE.exception();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return StoredPolicy.parse("bucket policy", text);
    } catch (CharacterCodingException notText) {
      throw S3Error.MALFORMED_POLICY.exception("The policy is not UTF-8 text");
    } catch (MalformedPolicyException malformed) {
      throw malformed(malformed);
    }
  }

  private StoredPolicy bound(StoredPolicy policy) {
    try {
      return StoredPolicy.parse("bucket policy", principals.bind(policy.document()));
    } catch (UnknownPrincipalException unknown) {
      throw S3Error.MALFORMED_POLICY
          .exception("Invalid principal in policy")
          .with("Detail", unknown.principal());
    }
  }

  private static void requireOwnResources(StoredPolicy policy, Bucket bucket) {
    String arn = S3Access.arn(bucket.name());
    for (String resource : policy.policy().resources()) {
      if (!resource.equals(arn) && !resource.startsWith(arn + "/")) {
        throw S3Error.MALFORMED_POLICY
            .exception("Policy has invalid resource")
            .with("Detail", resource);
      }
    }
  }

  /** AWS's words begin the message, the statement follows. */
  private static void requireActions(StoredPolicy policy, Bucket bucket) {
    try {
      ResourceActions.BUCKET.check(policy.policy(), S3Access.arn(bucket.name()));
    } catch (MalformedPolicyException misfit) {
      throw malformed(misfit);
    }
  }

  private static S3Exception malformed(MalformedPolicyException malformed) {
    return S3Error.MALFORMED_POLICY
        .exception(String.valueOf(malformed.getMessage()))
        .with("Detail", malformed.reason());
  }

  private void requireWayBack(
      S3Request request, Bucket bucket, StoredPolicy policy, Caller caller) {
    BucketAccess now = bucket.access();
    Bucket after =
        bucket.with(new BucketAccess(Optional.of(policy), now.tablesPolicy(), now.block()));
    Permission again = new S3Access(after, request).onBucket(ACTION);
    if (caller.may(again)) {
      return;
    }
    if (!rootUsers.test(bucket.owner())) {
      throw caller.refusal(again, LOCKED_OUT);
    }
    if (!request.header(CONFIRMED).orElse("").equals("true")) {
      throw caller.refusal(again, UNCONFIRMED);
    }
  }

  /** AWS answers callers of another account so, whatever rights a policy gave them. */
  private static void requireOwner(Bucket bucket, Caller caller) {
    if (!caller.principal().account().equals(bucket.owner())) {
      throw S3Error.METHOD_NOT_ALLOWED
          .exception("The bucket policy is managed by the account that owns the bucket.")
          .with("ResourceType", "BUCKETPOLICY");
    }
  }

  private static StoredPolicy policy(Bucket bucket) {
    return bucket
        .access()
        .s3Policy()
        .orElseThrow(() -> S3Error.NO_SUCH_BUCKET_POLICY.ofBucket(bucket.name()));
  }
}
