package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ListOperation.PageToken;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ListBuckets: the general buckets of the caller's account, in pages. */
public record ListBuckets(Buckets buckets, String region) implements Operation.Binding<S3Request> {
  private static final int MAX_BUCKETS = 10_000;

  /** What to list behind {@code after}. */
  private record Query(String prefix, String after, Optional<String> region, int limit) {}

  @Override
  public Call bind(String name, S3Request request) {
    int limit = request.count("max-buckets", MAX_BUCKETS);
    if (limit < 1) {
      throw S3Error.invalidArgument(
          "max-buckets must be between 1 and " + MAX_BUCKETS, "max-buckets");
    }
    String token = request.text("continuation-token");
    Query query =
        new Query(
            request.text("prefix"),
            token.isEmpty() ? "" : PageToken.decode(token).position(),
            request.query("bucket-region"),
            limit);
    return Call.needing(
        name,
        caller -> {
          Resource all = Resource.of("arn:aws:s3:::*", caller.principal().account());
          return List.of(Permission.of("s3:ListAllMyBuckets", all));
        },
        caller -> list(query, caller.principal().account()));
  }

  private Response list(Query query, String account) {
    List<Bucket> found = owned(query, account);
    boolean truncated = found.size() > query.limit();
    List<Bucket> page = truncated ? found.subList(0, query.limit()) : found;
    XmlWriter xml = XmlWriter.document("ListAllMyBucketsResult");
    xml.identity("Owner", account);
    xml.open("Buckets");
    for (Bucket bucket : page) {
      xml.open("Bucket")
          .element("Name", bucket.name())
          .element("CreationDate", HttpDate.xml(bucket.createdAt()))
          .element("BucketRegion", region)
          .element("BucketArn", S3Access.arn(bucket.name()))
          .close("Bucket");
    }
    xml.close("Buckets").unlessEmpty("Prefix", query.prefix());
    if (truncated) {
      xml.element("ContinuationToken", new PageToken(page.getLast().name(), false).encode());
    }
    return XmlWriter.answer(xml);
  }

  /** One more than a page, to know whether another follows. */
  private List<Bucket> owned(Query query, String account) {
    List<Bucket> found = new ArrayList<>();
    if (query.region().isPresent() && !query.region().get().equals(region)) {
      return found;
    }
    String after = query.after();
    while (found.size() <= query.limit()) {
      int wanted = query.limit() + 1;
      List<Bucket> batch =
          buckets.list(Optional.of(Bucket.Kind.GENERAL), query.prefix(), after, wanted);
      batch.stream()
          .filter(bucket -> bucket.owner().equals(account))
          .limit(wanted - found.size())
          .forEach(found::add);
      if (batch.size() < wanted) {
        return found;
      }
      after = batch.getLast().name();
    }
    return found;
  }
}
