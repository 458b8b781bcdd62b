package dev.lakebed.tables.resource;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.AccessRules.Face;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesError.TablesException;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Put, Get and Delete of TableBucketPolicy and TablePolicy. */
public record ResourcePolicies(
    TablesLookup lookup, AccessRules rules, TablePolicies policies, PolicyDocument documents) {
  public Call putOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> set(bucket, Optional.of(read(request, bucket))));
  }

  public Call getOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> show(bucket.bucket().access().tablesPolicy()));
  }

  public Call deleteOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> set(bucket, Optional.empty()));
  }

  public Call putOfTable(TablesRequest request) {
    return ofTable(request, table -> set(table, Optional.of(read(request, table))));
  }

  public Call getOfTable(TablesRequest request) {
    return ofTable(request, table -> show(table.policy()));
  }

  public Call deleteOfTable(TablesRequest request) {
    return ofTable(request, table -> set(table, Optional.empty()));
  }

  private StoredPolicy read(TablesRequest request, NamedBucket bucket) {
    return documents.read(
        request.body(), "table bucket policy", ResourceActions.TABLE_BUCKET, bucket.arn());
  }

  private StoredPolicy read(TablesRequest request, NamedTable table) {
    return documents.read(request.body(), "table policy", ResourceActions.OF_TABLE, table.arn());
  }

  private Response show(Optional<StoredPolicy> policy) {
    return documents.show(policy.orElseThrow(PolicyDocument::missing));
  }

  private Response set(NamedBucket bucket, Optional<StoredPolicy> policy) {
    rules.setPolicy(bucket.bucket(), Face.TABLES, policy);
    return done(policy, bucket.arn());
  }

  private Response set(NamedTable table, Optional<StoredPolicy> policy) {
    policies.set(table.table().id(), policy);
    return done(policy, table.arn());
  }

  private static Response done(Optional<StoredPolicy> policy, String arn) {
    policy.ifPresent(set -> PolicyWarnings.log(set.policy(), arn));
    return JsonAnswer.done();
  }

  private Call ofBucket(TablesRequest request, Function<NamedBucket, Response> work) {
    return lookup.bucket(request).call(request, PolicyDocument::managing, work);
  }

  private Call ofTable(TablesRequest request, Function<NamedTable, Response> work) {
    return lookup.table(request).call(request, PolicyDocument::managing, work);
  }

  /**
   * The policy documents of S3 Tables. They may not be public, and only callers of the owning
   * account manage them (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html">AWS,
   * Resource-based policies for S3 Tables</a>).
   */
  public record PolicyDocument(PrincipalBinding principals) {
    private static final String MEMBER = "resourcePolicy";
    private static final int MAX_POLICY = 20 * 1024;
    private static final Decision.Prevented FOREIGN =
        new Decision.Prevented(
            "OwnerManagesPolicies", "because only the owning account manages resource policies");

    /**
     * The document of a request, named so in reasons and logs. Its resources are {@code arn} or lie
     * below it.
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
            throw TablesError.BAD_REQUEST.because(
                "The policy has an invalid resource: " + resource);
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
}
