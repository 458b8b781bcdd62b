package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ListOperation;
import dev.lakebed.s3.operation.ListParameters;
import dev.lakebed.s3.operation.PageToken;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.storage.metadata.object.Objects;
import java.util.Optional;

/** ListObjectsV2. */
public final class ListObjectsV2 extends ListOperation {
  private final Listing listing;

  /** Lists these objects. */
  public ListObjectsV2(BucketLookup lookup, Objects objects) {
    super(lookup, "ListObjectsV2", "s3:ListBucket", "max-keys");
    this.listing = new Listing(objects);
  }

  @Override
  public Response execute(S3Request request, ListParameters parameters, Caller caller) {
    Optional<String> token = request.query("continuation-token");
    String startAfter = request.text("start-after");
    Objects.Page page =
        token
            .map(PageToken::decode)
            .map(next -> listing.page(parameters, next.position(), next.prefix()))
            .orElseGet(() -> listing.page(parameters, startAfter));
    return XmlResponse.list(
        "ListBucketResult",
        xml -> {
          xml.element("Name", parameters.bucket().name())
              .element("Prefix", parameters.shown(parameters.prefix()));
          if (!startAfter.isEmpty()) {
            xml.element("StartAfter", parameters.shown(startAfter));
          }
          token.ifPresent(text -> xml.element("ContinuationToken", text));
          if (page.truncated()) {
            Objects.Entry last = page.entries().getLast();
            xml.element(
                "NextContinuationToken",
                new PageToken(last.name(), last instanceof Objects.CommonPrefix).encode());
          }
          xml.element("KeyCount", page.entries().size());
          Listing.bounds(xml, parameters, page);
          boolean owner = request.text("fetch-owner").equalsIgnoreCase("true");
          for (Objects.Entry entry : page.entries()) {
            if (entry instanceof Objects.Listed listed) {
              xml.open("Contents").element("Key", parameters.shown(listed.name()));
              Listing.describe(xml, listed.object());
              if (owner) {
                Listing.owner(xml, parameters);
              }
              xml.close("Contents");
            }
          }
          Listing.commonPrefixes(xml, parameters, page);
        });
  }
}
