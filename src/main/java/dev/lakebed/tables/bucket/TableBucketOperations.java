package dev.lakebed.tables.bucket;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.PageRequest;
import dev.lakebed.tables.rest.RequestedConfiguration;
import dev.lakebed.tables.rest.S3TablesKeys;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CreateTableBucket, GetTableBucket, ListTableBuckets and DeleteTableBucket. */
public record TableBucketOperations(TablesLookup lookup, Buckets buckets) {
  private static final int BATCH = 1000;

  public Call create(TablesRequest request) {
    JsonMembers body = request.body();
    String name = TableName.checkBucket(body.text("name"));
    RequestedConfiguration requested = RequestedConfiguration.of(body);
    return request.call(
        account -> permissions(Resource.of(arn(account, name), account), body, requested),
        account -> create(account, name, body, requested));
  }

  /** A bucket that is to be created with tags has them, as far as policies ask for its own. */
  private static List<Permission> permissions(
      Resource bucket, JsonMembers body, RequestedConfiguration requested) {
    Keys keys = requested.or(S3TablesKeys.tagsOfBucketAlone(requested.tags()));
    List<String> actions = new ArrayList<>();
    actions.add(OperationName.CREATE_TABLE_BUCKET.action());
    actions.addAll(
        requested.rights(
            body,
            OperationName.PUT_TABLE_BUCKET_ENCRYPTION.action(),
            OperationName.PUT_TABLE_BUCKET_STORAGE_CLASS.action()));
    return actions.stream().map(action -> new Permission(action, bucket, keys)).toList();
  }

  private String arn(String account, String name) {
    return new TableBucketArn(account, name).in(lookup.region());
  }

  private Response create(
      String account, String name, JsonMembers body, RequestedConfiguration requested) {
    RequestedConfiguration.requireBuilt(body, RequestedConfiguration.ENCRYPTION);
    RequestedConfiguration.requireStandard(body);
    Bucket bucket = buckets.create(name, Bucket.Kind.TABLE, account, requested.tags());
    return JsonAnswer.ok(JsonAnswer.object().add("arn", arn(bucket.owner(), name)));
  }

  public Response get(NamedBucket bucket) {
    return JsonAnswer.ok(view(bucket));
  }

  public Call list(TablesRequest request) {
    PageRequest page = PageRequest.of(request, "maxBuckets");
    boolean ours = ours(request.optional("type").orElse("all"));
    return request.call(
        account -> List.of(lookup.onEveryBucket(request.operation(), account)),
        account ->
            page.answer(
                "tableBuckets",
                ours ? fetch(account, page) : List.of(),
                this::entry,
                Bucket::name));
  }

  /** Whether table buckets of customers are asked for; there are none that a service owns. */
  private static boolean ours(String type) {
    return switch (type) {
      case "all", "customer" -> true;
      case "aws" -> false;
      default -> throw TablesError.BAD_REQUEST.because("type must be customer, aws or all.");
    };
  }

  private List<Bucket> fetch(String account, PageRequest page) {
    List<Bucket> own = new ArrayList<>();
    String after = page.after();
    while (true) {
      List<Bucket> batch =
          buckets.list(Optional.of(Bucket.Kind.TABLE), page.prefix(), after, BATCH);
      for (Bucket bucket : batch) {
        if (bucket.owner().equals(account)) {
          own.add(bucket);
        }
        if (own.size() == page.fetch()) {
          return own;
        }
        after = bucket.name();
      }
      if (batch.size() < BATCH) {
        return own;
      }
    }
  }

  private JsonObjectBuilder entry(Bucket bucket) {
    TableBucketArn arn = new TableBucketArn(bucket.owner(), bucket.name());
    return view(new NamedBucket(arn, lookup.region(), Optional.of(bucket)));
  }

  /** One that holds no namespace and no object. */
  public Response delete(NamedBucket bucket) {
    if (!buckets.delete(bucket.bucket())) {
      throw new NoSuchBucketException();
    }
    return JsonAnswer.done();
  }

  private static JsonObjectBuilder view(NamedBucket named) {
    Bucket bucket = named.bucket();
    return JsonAnswer.object()
        .add("arn", named.arn())
        .add("name", bucket.name())
        .add("ownerAccountId", bucket.owner())
        .add("createdAt", JsonAnswer.time(bucket.createdAt()))
        .add("tableBucketId", named.id().toString())
        .add("type", "customer");
  }
}
