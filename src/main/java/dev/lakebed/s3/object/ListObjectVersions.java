package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ListOperation;
import dev.lakebed.s3.operation.ListParameters;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.VersionIds;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.storage.metadata.object.Objects;

/** ListObjectVersions of a bucket without versioning: every object is its version {@code null}. */
public final class ListObjectVersions extends ListOperation {
  private final Listing listing;

  /** Lists these objects. */
  public ListObjectVersions(BucketLookup lookup, Objects objects) {
    super(lookup, "ListObjectVersions", "s3:ListBucketVersions", "max-keys");
    this.listing = new Listing(objects);
  }

  @Override
  public Response execute(S3Request request, ListParameters parameters, Caller caller) {
    String keyMarker = request.text("key-marker");
    String versionMarker = request.text("version-id-marker");
    if (!versionMarker.isEmpty() && keyMarker.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .exception("A version-id marker cannot be specified without a key marker.")
          .with("ArgumentName", "version-id-marker")
          .with("ArgumentValue", versionMarker);
    }
    Objects.Page page = listing.page(parameters, keyMarker);
    return XmlResponse.list(
        "ListVersionsResult",
        xml -> {
          xml.element("Name", parameters.bucket().name())
              .element("Prefix", parameters.shown(parameters.prefix()))
              .element("KeyMarker", parameters.shown(keyMarker))
              .element("VersionIdMarker", versionMarker);
          if (page.truncated()) {
            Objects.Entry last = page.entries().getLast();
            xml.element("NextKeyMarker", parameters.shown(last.name()));
            if (last instanceof Objects.Listed) {
              xml.element("NextVersionIdMarker", VersionIds.NULL_VERSION);
            }
          }
          Listing.bounds(xml, parameters, page);
          for (Objects.Entry entry : page.entries()) {
            if (entry instanceof Objects.Listed listed) {
              xml.open("Version")
                  .element("Key", parameters.shown(listed.name()))
                  .element("VersionId", VersionIds.NULL_VERSION)
                  .element("IsLatest", true);
              Listing.describe(xml, listed.object());
              Listing.owner(xml, parameters);
              xml.close("Version");
            }
          }
          Listing.commonPrefixes(xml, parameters, page);
        });
  }
}
