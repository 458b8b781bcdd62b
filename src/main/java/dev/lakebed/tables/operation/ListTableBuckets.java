package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.Buckets;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the table buckets of the caller's account. */
final class ListTableBuckets {
  private static final int BATCH = 1000;

  private final TablesLookup lookup;
  private final Buckets buckets;

  ListTableBuckets(TablesLookup lookup, Buckets buckets) {
    this.lookup = lookup;
    this.buckets = buckets;
  }

  Call prepare(TablesRequest arguments) {
    PageRequest page = PageRequest.of(arguments, "maxBuckets");
    boolean ours = ours(arguments.optional("type").orElse("all"));
    return PreparedCall.needing(
        arguments.operation(),
        account -> List.of(lookup.onEveryBucket(arguments.operation(), account)),
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
      list.add(BucketView.of(new NamedBucket(arn, lookup.region(), Optional.of(bucket))));
    }
    JsonObjectBuilder body = JsonAnswer.object().add("tableBuckets", list);
    page.mark(body, fetched, Bucket::name);
    return JsonAnswer.ok(body.build());
  }
}
