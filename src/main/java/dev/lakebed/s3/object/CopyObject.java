package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.object.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ByteRange;
import dev.lakebed.s3.rest.CopySource;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.s3.rest.ObjectLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Access.RequestObjectTags;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CopyObject: reads the source and writes its bytes anew, in one piece. */
public record CopyObject(BucketLookup lookup, ObjectLookup objects, ObjectPublisher publisher)
    implements Operation.Binding<S3Request> {
  private record Parameters(
      Bucket bucket,
      ObjectTarget source,
      CopyDirectives directives,
      Optional<ChecksumAlgorithm> algorithm,
      WriteCondition condition) {}

  @Override
  public Call bind(String name, S3Request request) {
    Bucket bucket = lookup.require(request);
    CopySource.requireNoBody(request);
    ObjectTarget source = objects.source(lookup, request);
    CopyDirectives directives = CopyDirectives.parse(request);
    Optional<ChecksumAlgorithm> algorithm = Checksums.algorithm(request);
    boolean itself = source.bucket().id() == bucket.id() && source.key().equals(request.key());
    if (itself && !directives.changesItself()) {
      throw S3Error.INVALID_REQUEST.exception(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    List<Permission> permissions = new ArrayList<>();
    permissions.add(objects.sourcePermission(request, source, ""));
    Map<String, String> tags = directives.replaceTags() ? directives.requested().tags() : Map.of();
    permissions.addAll(new S3Access(bucket, request).toWrite(tags));
    Parameters parameters =
        new Parameters(bucket, source, directives, algorithm, WriteConditions.ofWrite(request));
    return Call.needing(name, permissions, caller -> copy(request, parameters, caller));
  }

  private Response copy(S3Request request, Parameters parameters, Caller caller)
      throws IOException {
    UnsupportedHeaders.requireBuilt(request);
    WriteConditions.requireBuilt(request);
    StoredObject source = objects.requireSource(request, parameters.source(), caller);
    ContentStore.requireCopyable(source.size());
    publisher.requirePossible(parameters.bucket(), request.key(), parameters.condition());
    requireTagging(request, parameters, source, caller);
    ObjectAttributes attributes = parameters.directives().of(source.attributes());
    ChecksumAlgorithm algorithm =
        parameters
            .algorithm()
            .or(() -> source.checksum().map(sum -> ChecksumAlgorithm.valueOf(sum.algorithm())))
            .orElse(Checksums.DEFAULT);
    ByteRange all = new ByteRange(0, source.size() - 1);
    try (ContentWriter content = publisher.contents().copy(source, all, algorithm)) {
      StoredObject copy =
          publisher.publish(
              parameters.bucket(),
              request.key(),
              attributes,
              content,
              algorithm,
              parameters.condition());
      return answer(copy);
    }
  }

  /** Tags that are copied along take the right to read them and the right to write them. */
  private void requireTagging(
      S3Request request, Parameters parameters, StoredObject source, Caller caller) {
    if (parameters.directives().replaceTags() || source.attributes().tags().isEmpty()) {
      return;
    }
    caller.require(objects.sourcePermission(request, parameters.source(), "Tagging"));
    caller.require(
        new S3Access(parameters.bucket(), request)
            .onObject(
                "s3:PutObjectTagging",
                request.key(),
                new RequestObjectTags(source.attributes().tags())));
  }

  private static Response answer(StoredObject copy) {
    XmlWriter xml =
        XmlWriter.document("CopyObjectResult")
            .element("LastModified", HttpDate.xml(copy.lastModified()))
            .element("ETag", EntityTags.quoted(copy.etag()));
    copy.checksum().ifPresent(checksum -> Checksums.addTo(xml, checksum));
    return XmlWriter.answer(xml, Encryption.shown(copy.attributes()));
  }

  /** What a copy takes from its source and what from the request. */
  record CopyDirectives(boolean replaceMetadata, boolean replaceTags, ObjectAttributes requested) {
    private static final String REDIRECT = "x-amz-website-redirect-location";

    static CopyDirectives parse(S3Request request) {
      return new CopyDirectives(
          replaces(request, "x-amz-metadata-directive"),
          replaces(request, "x-amz-tagging-directive"),
          RequestAttributes.parse(request));
    }

    /** Attributes of the target. Storage class, encryption and redirect are never copied. */
    ObjectAttributes of(ObjectAttributes source) {
      Map<String, String> headers = new HashMap<>(requested.headers());
      if (!replaceMetadata) {
        headers.keySet().removeIf(name -> !isOwn(name));
        source.headers().entrySet().stream()
            .filter(header -> !isOwn(header.getKey()))
            .forEach(header -> headers.put(header.getKey(), header.getValue()));
      }
      return new ObjectAttributes(
          headers,
          replaceMetadata ? requested.userMetadata() : source.userMetadata(),
          replaceTags ? requested.tags() : source.tags());
    }

    boolean changesItself() {
      return replaceMetadata
          || requested.headers().keySet().stream().anyMatch(CopyDirectives::isOwn);
    }

    private static boolean isOwn(String header) {
      return header.equals(StorageClasses.HEADER)
          || header.equals(Encryption.HEADER)
          || header.equals(REDIRECT);
    }

    private static boolean replaces(S3Request request, String header) {
      return switch (request.header(header).orElse("COPY")) {
        case "COPY" -> false;
        case "REPLACE" -> true;
        default -> throw S3Error.invalidArgument("Unknown directive.", header);
      };
    }
  }
}
