package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ListOperation.ListParameters;
import dev.lakebed.s3.rest.ListOperation.PageToken;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.VersionIds;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.List;
import java.util.Optional;

public record ListObjects(Objects objects) {
  /** ListObjects, the first version. */
  public Response first(S3Request request, ListParameters parameters, Caller caller) {
    String marker = request.text("marker");
    Objects.Page page = page(parameters, marker);
    return XmlWriter.answer(
        "ListBucketResult",
        xml -> {
          xml.element("Name", parameters.bucket().name())
              .element("Prefix", parameters.shown(parameters.prefix()))
              .element("Marker", parameters.shown(marker));
          // AWS gives NextMarker only with a delimiter; without one the last key serves.
          if (page.truncated() && !parameters.delimiter().isEmpty()) {
            xml.element("NextMarker", parameters.shown(page.entries().getLast().name()));
          }
          bounds(xml, parameters, page);
          contents(xml, parameters, page, true);
          commonPrefixes(xml, parameters, page);
        });
  }

  public Response second(S3Request request, ListParameters parameters, Caller caller) {
    Optional<String> token = request.query("continuation-token");
    String startAfter = request.text("start-after");
    Objects.Page page =
        token
            .map(PageToken::decode)
            .map(next -> page(parameters, next.position(), next.prefix()))
            .orElseGet(() -> page(parameters, startAfter));
    return XmlWriter.answer(
        "ListBucketResult",
        xml -> {
          xml.element("Name", parameters.bucket().name())
              .element("Prefix", parameters.shown(parameters.prefix()))
              .unlessEmpty("StartAfter", parameters.shown(startAfter));
          token.ifPresent(text -> xml.element("ContinuationToken", text));
          if (page.truncated()) {
            Objects.Entry last = page.entries().getLast();
            xml.element(
                "NextContinuationToken",
                new PageToken(last.name(), last instanceof Objects.CommonPrefix).encode());
          }
          xml.element("KeyCount", page.entries().size());
          bounds(xml, parameters, page);
          contents(xml, parameters, page, request.text("fetch-owner").equalsIgnoreCase("true"));
          commonPrefixes(xml, parameters, page);
        });
  }

  /**
   * ListObjectVersions of a bucket without versioning: every object is its version {@code null}.
   */
  public Response versions(S3Request request, ListParameters parameters, Caller caller) {
    String keyMarker = request.text("key-marker");
    String versionMarker = request.text("version-id-marker");
    if (!versionMarker.isEmpty() && keyMarker.isEmpty()) {
      throw S3Error.invalidArgument(
          "A version-id marker cannot be specified without a key marker.",
          "version-id-marker",
          versionMarker);
    }
    Objects.Page page = page(parameters, keyMarker);
    return XmlWriter.answer(
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
          bounds(xml, parameters, page);
          for (Objects.Entry entry : page.entries()) {
            if (entry instanceof Objects.Listed listed) {
              xml.open("Version")
                  .element("Key", parameters.shown(listed.name()))
                  .element("VersionId", VersionIds.NULL_VERSION)
                  .element("IsLatest", true);
              describe(xml, listed.object());
              xml.identity("Owner", parameters.bucket().owner());
              xml.close("Version");
            }
          }
          commonPrefixes(xml, parameters, page);
        });
  }

  private static void contents(
      XmlWriter xml, ListParameters parameters, Objects.Page page, boolean withOwner) {
    for (Objects.Entry entry : page.entries()) {
      if (entry instanceof Objects.Listed listed) {
        xml.open("Contents").element("Key", parameters.shown(listed.name()));
        describe(xml, listed.object());
        if (withOwner) {
          xml.identity("Owner", parameters.bucket().owner());
        }
        xml.close("Contents");
      }
    }
  }

  private Objects.Page page(ListParameters parameters, String start) {
    String group = parameters.groupOf(start);
    return group.isEmpty() ? page(parameters, start, false) : page(parameters, group, true);
  }

  /** The page behind a key, or behind all of a common prefix. */
  private Objects.Page page(ListParameters parameters, String after, boolean skipPrefix) {
    if (parameters.limit() == 0) {
      return new Objects.Page(List.of(), false);
    }
    return objects.list(
        new Objects.ListQuery(
            parameters.bucket().id(),
            parameters.prefix(),
            parameters.delimiter(),
            after,
            skipPrefix,
            parameters.limit()));
  }

  private static void describe(XmlWriter xml, StoredObject object) {
    xml.element("LastModified", HttpDate.xml(object.lastModified()))
        .element("ETag", EntityTags.quoted(object.etag()));
    object
        .checksum()
        .ifPresent(
            checksum ->
                xml.element("ChecksumAlgorithm", checksum.algorithm())
                    .element("ChecksumType", Checksums.type(checksum.fullObject())));
    xml.element("Size", object.size())
        .element("StorageClass", StorageClasses.of(object.attributes().headers()));
  }

  private static void bounds(XmlWriter xml, ListParameters parameters, Objects.Page page) {
    xml.element("MaxKeys", parameters.limit());
    parameters.shape(xml);
    xml.element("IsTruncated", page.truncated());
  }

  private static void commonPrefixes(XmlWriter xml, ListParameters parameters, Objects.Page page) {
    for (Objects.Entry entry : page.entries()) {
      if (entry instanceof Objects.CommonPrefix prefix) {
        parameters.commonPrefix(xml, prefix.name());
      }
    }
  }
}
