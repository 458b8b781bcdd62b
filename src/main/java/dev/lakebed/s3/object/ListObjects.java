package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ListOperation;
import dev.lakebed.s3.operation.ListParameters;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.storage.metadata.object.Objects;

/** ListObjects, the first version. */
public final class ListObjects extends ListOperation {
  private final Listing listing;

  /** Lists these objects. */
  public ListObjects(BucketLookup lookup, Objects objects) {
    super(lookup, "ListObjects", "s3:ListBucket", "max-keys");
    this.listing = new Listing(objects);
  }

  @Override
  public Response execute(S3Request request, ListParameters parameters, Caller caller) {
    String marker = request.text("marker");
    Objects.Page page = listing.page(parameters, marker);
    return XmlResponse.list(
        "ListBucketResult",
        xml -> {
          xml.element("Name", parameters.bucket().name())
              .element("Prefix", parameters.shown(parameters.prefix()))
              .element("Marker", parameters.shown(marker));
          // AWS gives NextMarker only with a delimiter; without one the last key serves.
          if (page.truncated() && !parameters.delimiter().isEmpty()) {
            xml.element("NextMarker", parameters.shown(page.entries().getLast().name()));
          }
          Listing.bounds(xml, parameters, page);
          for (Objects.Entry entry : page.entries()) {
            if (entry instanceof Objects.Listed listed) {
              xml.open("Contents").element("Key", parameters.shown(listed.name()));
              Listing.describe(xml, listed.object());
              Listing.owner(xml, parameters);
              xml.close("Contents");
            }
          }
          Listing.commonPrefixes(xml, parameters, page);
        });
  }
}
