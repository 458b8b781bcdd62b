package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TableBucketName;
import dev.lakebed.tables.rest.TablesRequest;
import java.util.ArrayList;
import java.util.List;

/** Creates a table bucket for the caller's account. */
record CreateTableBucket(String region, Buckets buckets) {
  Call prepare(TablesRequest request) {
    JsonMembers body = request.body();
    TableBucketName name = new TableBucketName(body.text("name"));
    RequestedConfiguration requested = RequestedConfiguration.of(body);
    return request.call(
        account -> permissions(Resource.of(arn(account, name), account), body, requested),
        account -> create(account, name, body, requested));
  }

  /** A bucket that is to be created with tags has them, as far as policies ask for its own. */
  private static List<Permission> permissions(
      Resource bucket, JsonMembers body, RequestedConfiguration requested) {
    Keys keys = requested.or(S3TablesKeys.tagsOfBucketAlone(requested.tags()));
    List<OperationName> operations = new ArrayList<>();
    operations.add(OperationName.CREATE_TABLE_BUCKET);
    if (body.has(RequestedConfiguration.ENCRYPTION)) {
      operations.add(OperationName.PUT_TABLE_BUCKET_ENCRYPTION);
    }
    if (body.has(RequestedConfiguration.STORAGE)) {
      operations.add(OperationName.PUT_TABLE_BUCKET_STORAGE_CLASS);
    }
    if (!requested.tags().isEmpty()) {
      operations.add(OperationName.TAG_RESOURCE);
    }
    return operations.stream()
        .map(operation -> new Permission(operation.action(), bucket, keys))
        .toList();
  }

  private String arn(String account, TableBucketName name) {
    return new TableBucketArn(account, name.value()).in(region);
  }

  private Response create(
      String account, TableBucketName name, JsonMembers body, RequestedConfiguration requested) {
    NotBuiltOperations.refuse(body, RequestedConfiguration.ENCRYPTION);
    RequestedConfiguration.requireStandard(body);
    Bucket bucket = buckets.create(name.value(), Bucket.Kind.TABLE, account, requested.tags());
    return JsonAnswer.ok(JsonAnswer.object().add("arn", arn(bucket.owner(), name)).build());
  }
}
