package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Resource;
import dev.lakebed.metadata.Bucket;
import dev.lakebed.metadata.Buckets;
import dev.lakebed.pipeline.Call;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.json.JsonMembers;
import dev.lakebed.tables.name.TableBucketArn;
import dev.lakebed.tables.name.TableBucketName;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.wire.Response;

/** Creates a table bucket for the caller's account. */
final class CreateTableBucket implements Operation {
  private final String region;
  private final Buckets buckets;

  CreateTableBucket(String region, Buckets buckets) {
    this.region = region;
    this.buckets = buckets;
  }

  @Override
  public Call prepare(Arguments arguments) {
    JsonMembers body = arguments.body();
    TableBucketName name = new TableBucketName(body.text("name"));
    return new AccountCall(
        arguments.operation(),
        account ->
            Permission.of(arguments.operation().action(), Resource.of(arn(account, name), account)),
        account -> create(account, name, body));
  }

  private String arn(String account, TableBucketName name) {
    return new TableBucketArn(account, name.value()).in(region);
  }

  private Response create(String account, TableBucketName name, JsonMembers body) {
    Unbuilt.refuse(body, "encryptionConfiguration", "tags");
    StorageClass.check(body);
    Bucket bucket = buckets.create(name.value(), Bucket.Kind.TABLE, account);
    return JsonAnswer.ok(JsonAnswer.object().add("arn", arn(bucket.owner(), name)).build());
  }
}
