package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GetTableBucket, ListTableBuckets and DeleteTableBucket. */
record TableBucketOperations(TablesLookup lookup, Buckets buckets) {
  private static final int BATCH = 1000;

  Call get(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    return request.call(
        bucket.permission(request.action(), Keys.NONE),
        account -> JsonAnswer.ok(view(bucket).build()));
  }

  /** Those of the caller's account. */
  Call list(TablesRequest request) {
    PageRequest page = PageRequest.of(request, "maxBuckets");
    boolean ours = ours(request.optional("type").orElse("all"));
    return request.call(
        account -> List.of(lookup.onEveryBucket(request.operation(), account)),
        account -> list(page, ours ? fetch(account, page) : List.of()));
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

  private Response list(PageRequest page, List<Bucket> fetched) {
    JsonArrayBuilder list = JsonAnswer.array();
    for (Bucket bucket : page.page(fetched)) {
      TableBucketArn arn = new TableBucketArn(bucket.owner(), bucket.name());
      list.add(view(new NamedBucket(arn, lookup.region(), Optional.of(bucket))));
    }
    JsonObjectBuilder body = JsonAnswer.object().add("tableBuckets", list);
    page.mark(body, fetched, Bucket::name);
    return JsonAnswer.ok(body.build());
  }

  /** One that holds no namespace and no object. */
  Call delete(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    return request.call(bucket.permission(request.action(), Keys.NONE), account -> delete(bucket));
  }

  private Response delete(NamedBucket bucket) {
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
